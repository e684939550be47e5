import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeBelongings } from '../../../dev/servers/belongings.js';
import { temporaryFolder } from './world.js';

test('our own files go, and a folder that is empty then goes as well', () => {
  const folder = join(temporaryFolder(), 'data');
  mkdirSync(join(folder, 'ours', 'deep'), { recursive: true });
  removeBelongings({ own: [join(folder, 'ours')], shared: [folder] });
  expect(existsSync(folder)).toBe(false);
});

test('a folder that holds files of others stays, with them', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'ours'));
  writeFileSync(join(folder, 'thesis.txt'), 'years of work');
  removeBelongings({ own: [join(folder, 'ours')], shared: [folder] });
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
});

test('what is gone already is no error', () => {
  const folder = join(temporaryFolder(), 'never-made');
  expect(() => {
    removeBelongings({ own: [join(folder, 'ours')], shared: [folder] });
  }).not.toThrow();
});
