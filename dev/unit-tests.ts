import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));

/** Runs the tests that need no server; answers vitest's closing lines, throws when one fails. */
export async function runUnitTests(filters: readonly string[] = []): Promise<string> {
  if (!existsSync(vitest)) return 'left out: this installation carries no tests';
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'unit', ...filters], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines = stripVTControlCharacters(output).split('\n');
  if (code !== 0)
    throw new Error(
      lines
        .filter((line) => /FAIL|Error/.test(line))
        .slice(0, 5)
        .join('\n') || 'vitest failed',
    );
  return lines
    .filter((line) => /^\s+(Test Files|Tests)\s/.test(line))
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .join(', ');
}
