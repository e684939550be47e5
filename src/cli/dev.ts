import { Command } from 'commander';
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
      const { provideWorldPackages } = await import('../../dev/world-packages.js');
      await provideWorldPackages((line) => process.stdout.write(`${line}\n`));
      const { runDev } = await import('../../dev/run.js');
      process.exitCode = await runDev(options);
    });
}
