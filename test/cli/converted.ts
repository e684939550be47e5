import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What `convert` made of its lines. */
interface Converted {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly errors: string;
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Without a configuration, and on a machine whose own time zone must not matter. */
const environment = { PATH: process.env['PATH'], TZ: 'Pacific/Chatham' };

/** `convert` as a process of its own. */
export function convertProcess(...words: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'convert', ...words], { env: environment });
  // A command that ends before it has read everything breaks its input.
  child.stdin.on('error', () => undefined);
  return child;
}

/** Runs `convert` with the input on its standard input. */
export async function converted(input: string, ...words: readonly string[]): Promise<Converted> {
  const child = convertProcess(...words);
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end(input);
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, lines: output.split('\n').slice(0, -1), errors };
}

/** Samples as JSON lines. */
export function linesOf(samples: readonly unknown[]): string {
  return samples.map((sample) => `${JSON.stringify(sample)}\n`).join('');
}
