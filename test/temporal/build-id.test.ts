import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildId } from '../../src/temporal/build-id.js';
import { version } from '../../src/version.js';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-build-id-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

/** The build id of a program with these workflow files. */
async function idOf(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = path.join(home, name);
  await mkdir(folder);
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
  return buildId(folder);
}

it('a build is named after the version and its workflow code', () => {
  expect(buildId()).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')}-[0-9a-f]{12}$`));
});

it('the same code has the same build id on another machine, other code has another', async () => {
  const one = await idOf('one', { 'poll.js': 'a', 'connect.js': 'b' });
  expect(await idOf('same', { 'connect.js': 'b', 'poll.js': 'a' })).toBe(one);
  expect(await idOf('typed', { 'connect.js': 'b', 'poll.js': 'a', 'poll.d.ts': '-' })).toBe(one);
  expect(await idOf('changed', { 'connect.js': 'b', 'poll.js': 'c' })).not.toBe(one);
  expect(await idOf('renamed', { 'connected.js': 'b', 'poll.js': 'a' })).not.toBe(one);
});
