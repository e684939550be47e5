import { expect, it } from 'vitest';
import { takesOver } from '../../src/temporal/versions.js';

const firstSeen = new Map([
  ['old', 1_000],
  ['new', 2_000],
]);

it.each([
  ['the first version of all', 'old', null, [], true],
  ['a newer version, beside workers of the older', 'new', 'old', ['old', 'new'], true],
  ['a newer version, after the older was stopped', 'new', 'old', ['new'], true],
  ['an older version that is restarted in the middle of an upgrade', 'old', 'new', ['old', 'new'], false],
  ['an older version, after the newer was stopped to go back', 'old', 'new', ['old'], true],
  ['the version that gets new work already', 'new', 'new', ['new'], false],
  ['no version, beside workers of one', null, 'new', ['new'], false],
  ['no version, after versioning was turned off', null, 'new', [], true],
  ['no version, where there never was one', null, null, [], false],
] as const)('who takes new work: %s', (_, mine, current, alive, expected) => {
  expect(takesOver(mine, { current, firstSeen }, new Set(alive))).toBe(expected);
});
