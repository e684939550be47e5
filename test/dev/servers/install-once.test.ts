import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installOnce } from '../../../dev/servers/install-once.js';
import { temporaryFolder } from './world.js';

const content = (folder: string) => readFileSync(join(folder, 'program'), 'utf8');

/** An install that writes its file in two halves and waits for the other one in between. */
function halves(): () => (partial: string) => Promise<void> {
  let arrived = 0;
  let release: () => void = () => undefined;
  const bothArrived = new Promise<void>((resolve) => (release = resolve));
  return () => async (partial) => {
    writeFileSync(join(partial, 'program'), 'first half, ');
    if (++arrived === 2) release();
    await bothArrived;
    writeFileSync(join(partial, 'program'), 'second half', { flag: 'a' });
  };
}

test('two installs at once both end with one complete folder', async () => {
  const cache = temporaryFolder();
  const folder = join(cache, 'program-1');
  const install = halves();
  await Promise.all([installOnce(folder, install()), installOnce(folder, install())]);
  expect(content(folder)).toBe('first half, second half');
  expect(readdirSync(cache)).toEqual(['program-1']);
});

test('an installed folder is not filled again', async () => {
  const folder = join(temporaryFolder(), 'program-1');
  await installOnce(folder, (partial) => writeFile(join(partial, 'program'), 'one'));
  await installOnce(folder, () => Promise.reject(new Error('filled twice')));
  expect(content(folder)).toBe('one');
});

test('a failed install leaves nothing', async () => {
  const cache = temporaryFolder();
  const install = installOnce(join(cache, 'program-1'), (partial) => {
    writeFileSync(join(partial, 'program'), 'half');
    return Promise.reject(new Error('no network'));
  });
  await expect(install).rejects.toThrow('no network');
  expect(readdirSync(cache)).toEqual([]);
});

test('what a killed install left is removed once it is old', async () => {
  const cache = temporaryFolder();
  const [old, young] = [join(cache, 'program-1.partial-old'), join(cache, 'program-1.partial-young')];
  mkdirSync(old);
  mkdirSync(young);
  utimesSync(old, 0, 0);
  await installOnce(join(cache, 'program-1'), () => Promise.resolve());
  expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
});
