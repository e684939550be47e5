import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { statements, without } from './sql-conditions.js';

/**
 * `npm run mutation:sql [-- WORD...]`: takes the conditions of the statements that decide out, one at a time, in a copy
 * of the code, and runs the tests of the statement. Tells which were not missed, and fails when there are any. With
 * words: only of files that have one of them in their name.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const say = (line: string) => process.stdout.write(`${line}\n`);
const words = process.argv.slice(2);
const asked = statements.filter(
  ({ file }) => words.length === 0 || words.some((word) => file.includes(word)),
);

const copy = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-sql-'));
try {
  for (const part of [
    'src',
    'dev',
    'test',
    'migrations',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
  ])
    await cp(path.join(root, part), path.join(copy, part), { recursive: true });
  await symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  process.exitCode = (await isWholeNoticed()) ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function isWholeNoticed(): Promise<boolean> {
  const whole = await run([...new Set(asked.flatMap(({ tests }) => tests))]);
  if (!whole.isGreen) throw new Error(`the tests fail as things are:\n${whole.output}`);
  const counts = { noticed: 0, all: 0 };
  for (const { file, tests, conditions } of asked) {
    const place = path.join(copy, file);
    const text = await readFile(place, 'utf8');
    for (const condition of conditions) {
      await writeFile(place, without(text, condition));
      const { isGreen, output } = await run(tests);
      // What Postgres cannot read is no statement without a condition.
      const isBroken = /PostgresError: .*(syntax error|does not exist|data type)/.test(output);
      if (!isGreen && !isBroken) counts.noticed += 1;
      counts.all += 1;
      const said = isBroken ? 'broken  ' : isGreen ? 'NOT NOTICED' : 'noticed ';
      say(`${said} ${file} ${condition.replaceAll(/\s+/g, ' ')}`);
    }
    await writeFile(place, text);
  }
  say(`${counts.noticed} of ${counts.all} noticed`);
  return counts.noticed === counts.all;
}

async function run(tests: readonly string[]): Promise<{ isGreen: boolean; output: string }> {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--project', 'int', '--bail', '1', ...tests];
  const child = spawn(process.execPath, args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += String(part)));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { isGreen: code === 0, output };
}
