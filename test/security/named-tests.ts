import { existsSync, readFileSync } from 'node:fs';

const KINDS = ['test.ts', 'int.test.ts', 'browser.test.ts', 'chaos.test.ts'];
const root = new URL('../../', import.meta.url);

/** The names of tests on the page: `folder/name` in code marks, and those of `test` itself. */
export function namedTests(page: string): string[] {
  const rows = page.split('\n').filter((line) => line.startsWith('|'));
  const cells = rows.flatMap((row) => row.split('|').at(-2) ?? []);
  return [
    ...new Set(
      cells.flatMap((cell) => [...cell.matchAll(/`([a-z][a-z0-9/-]+)`/g)]).flatMap(([, name]) => name ?? []),
    ),
  ];
}

/** The files of a test, of every kind there is; none when it does not exist. */
export function filesOf(name: string): string[] {
  return KINDS.map((kind) => `test/${name}.${kind}`).filter((file) => existsSync(new URL(file, root)));
}

/** The files of every test that docs/security.md names. */
export function securityTests(): string[] {
  const page = readFileSync(new URL('docs/security.md', root), 'utf8');
  return namedTests(page).flatMap(filesOf).sort();
}
