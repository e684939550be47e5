import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { World } from '../../dev/world.js';

/** What a command said and how it ended. */
export interface Ended {
  readonly code: number;
  readonly lines: readonly string[];
  readonly errors: string;
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Runs the program as a process of its own, against a world. */
export async function command(
  world: Pick<World, 'environment'>,
  ...words: readonly string[]
): Promise<Ended> {
  return commandGiven('', world, ...words);
}

/** As `command`, with this on its standard input. */
export async function commandGiven(
  input: string,
  { environment }: Pick<World, 'environment'>,
  ...words: readonly string[]
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', MAIN, ...words],
      { env: { PATH: process.env['PATH'], ...environment } },
      (_failure, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, lines: stdout.trimEnd().split('\n'), errors: stderr });
      },
    );
    child.stdin?.end(input);
  });
}
