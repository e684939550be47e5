import { Command } from 'commander';
import { NamedError } from '../errors.js';
import { wholeNumber } from './poll.js';

export interface DevOptions {
  readonly once: boolean;
  readonly patients: number;
  readonly data?: string;
}

/** The embedded world lives beside the sources; it is loaded only here, so that a server never carries it. */
export function devCommand(): Command {
  return new Command('dev')
    .description('the embedded world, seeded, with the journey performed; stays up unless --once')
    .option('--once', 'stop after the journey; exit 0 when every step held', false)
    .option('--patients <n>', 'demonstration patients', wholeNumber, 3)
    .option('--data <folder>', 'keep the data of this world between runs')
    .action(async (options: DevOptions) => {
      const { runDev } = await import('../../dev/run.js').catch(withoutWorld);
      process.exitCode = await runDev(options);
    });
}

/** An installation for production leaves out what the world is made of. */
function withoutWorld(thrown: unknown): never {
  const isMissing = thrown instanceof Error && Reflect.get(thrown, 'code') === 'ERR_MODULE_NOT_FOUND';
  if (!isMissing) throw thrown;
  throw new NamedError(
    'WorldMissing',
    'this installation has no embedded world: install it with its development dependencies, from a clone',
  );
}
