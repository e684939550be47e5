import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root, textOf } from './documents.js';

interface PackageJson {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
/** What the build lays beside the program; these need no other package. */
const LAID_BESIDE = ['qrcode-generator'];

const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as PackageJson;

const code = ['src', 'dev', 'test', 'migrations'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|mjs|css|sql)$/.test(name) && !name.startsWith('fixtures/'))
    .map((name) => `${folder}/${name}`),
);

describe('the sources', () => {
  it('have no file over 300 lines', () => {
    expect(code.filter((file) => textOf(file).split('\n').length > 301)).toEqual([]);
  });

  it('read the environment in src/config.ts only', () => {
    const readers = code.filter(
      (file) => file.startsWith('src/') && /process\.env|node:process/.test(textOf(file)),
    );
    expect(readers).toEqual(['src/config.ts']);
  });

  it('write pages, answers and the trail in single statements: a transaction is for what is rare', () => {
    const holding = code.filter(
      (file) => file.startsWith('src/') && /sql\.begin\(|inTransaction\(/.test(textOf(file)),
    );
    expect(holding.toSorted()).toEqual([
      'src/consent-changes.ts',
      'src/db/connect-attempts.ts',
      'src/db/dead-letter-places.ts',
      'src/db/erasures.ts',
      'src/db/invitations.ts',
      'src/db/seed/seed.ts',
      'src/db/sql.ts',
    ]);
  });

  it('need no development dependency at run time', () => {
    const imported = code
      .filter((file) => file.startsWith('src/'))
      .flatMap((file) => [...textOf(file).matchAll(/^(?:import|export|\}).* from '([^.'\n][^'\n]*)';$/gm)])
      .flatMap(([, name]) => (name === undefined || name.startsWith('node:') ? [] : packageOf(name)));
    const there = [...Object.keys(dependencies), ...LAID_BESIDE];
    expect(there).toEqual(expect.arrayContaining([...new Set(imported)]));
    for (const name of LAID_BESIDE) expect(textOf('dev/build.mjs')).toContain(`dist/node_modules/${name}`);
  });
});

describe('the package', () => {
  it('names exact versions', () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('has a lock that npm ci accepts on every platform', () => {
    const lock = JSON.parse(textOf('package-lock.json')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(lock.packages).flatMap(([, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => lock.packages[`node_modules/${name}`] === undefined),
    );
    expect(missing).toEqual([]);
  });
});

describe('the documents', () => {
  const pages = [
    'README.md',
    'STYLE.md',
    'CHANGELOG.md',
    'docs/architecture.md',
    'docs/operations.md',
    'docs/configuration.md',
    'docs/dependencies.md',
    'docs/reliability.md',
    'docs/security.md',
  ];

  it.each(pages)('%s links only to files that exist', (page) => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
    expect(links.filter((link) => !existsSync(new URL(link, new URL(page, root))))).toEqual([]);
  });

  it('docs/security.md names tests that exist', () => {
    const rows = textOf('docs/security.md').split('\n## Open')[0] ?? '';
    const named = rows.split('\n').flatMap((row) => [...(row.split('|')[3] ?? '').matchAll(/`([a-z/-]+)`/g)]);
    expect(named.length).toBeGreaterThan(30);
    const isThere = ([, name]: RegExpMatchArray) =>
      ['.test.ts', '.int.test.ts', '.browser.test.ts'].some((end) =>
        existsSync(new URL(`test/${name}${end}`, root)),
      );
    expect(named.filter((each) => !isThere(each)).map(([, name]) => name)).toEqual([]);
  });

  it('README fits on two screens', () => {
    expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(150);
  });
});

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
