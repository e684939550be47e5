import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { root, textOf } from './documents.js';

const rowPattern = /^\| (V[^|]+) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$/gm;
const rows = [...textOf('docs/asvs.md').matchAll(rowPattern)].map(
  ([, requirements = '', standing = '', where = '', tests = '']) => ({
    requirements: requirements.split(', '),
    standing,
    where,
    tests: [...tests.matchAll(/`([^`]+)`/g)].map(([, test = '']) => test),
  }),
);

/** `web/sessions` for `test/web/sessions.int.test.ts`. */
const tests = new Set(
  readdirSync(fileURLToPath(new URL('test/', root)), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => name.replaceAll('\\', '/').replace(/(\.int|\.browser)?\.test\.ts$/, '')),
);

describe('docs/asvs.md', () => {
  it('has every requirement of levels 1 and 2 once, and no other', () => {
    const told = rows.flatMap(({ requirements }) => requirements);
    expect(told.toSorted()).toEqual(textOf('test/house/asvs-requirements.txt').trim().split('\n').toSorted());
  });

  it('names tests that exist', () => {
    expect(rows.flatMap((row) => row.tests).filter((name) => !tests.has(name))).toEqual([]);
  });

  it('says of each how it stands, and where', () => {
    for (const { standing, where } of rows) {
      expect(['met', 'yours', 'open', 'none']).toContain(standing);
      expect(where.length).toBeGreaterThan(5);
    }
  });
});
