import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { filesOf, namedTests, securityTests } from '../security/named-tests.js';
import { groups } from '../mutation/groups.js';
import { statements, without } from '../mutation/sql-conditions.js';
import { textOf } from './documents.js';

it('every test that docs/security.md names is there', () => {
  const names = namedTests(textOf('docs/security.md'));
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => filesOf(name).length === 0)).toEqual([]);
});

it('every test that docs/reliability.md names is there', () => {
  const names = namedTests(textOf('docs/reliability.md'));
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => filesOf(name).length === 0)).toEqual([]);
});

it('the security suite is those tests', () => {
  const files = securityTests();
  for (const file of ['test/web/csrf.int.test.ts', 'test/egress.test.ts', 'test/canary/canary.int.test.ts'])
    expect(files).toContain(file);
});

it('every group of decisions that are mutated has tests of its own', () => {
  for (const { mutate, tests } of Object.values(groups)) {
    expect(mutate.length).toBeGreaterThan(0);
    expect(tests.every((path) => path.startsWith('test/') && path.endsWith('.test.ts'))).toBe(true);
  }
});

it('every condition that is taken out of a statement stands there once, and has tests of its own', () => {
  for (const { file, tests, conditions } of statements) {
    for (const condition of conditions) expect(without(textOf(file), condition)).not.toBe(textOf(file));
    for (const test of tests) expect(existsSync(new URL(`../../${test}`, import.meta.url)), test).toBe(true);
  }
});
