import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { worldPackages } from '../../dev/world-packages.js';
import { root, textOf } from './documents.js';

interface PackageJson {
  readonly dependencies: Record<string, string>;
  readonly optionalDependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
/** What the build lays beside the program; these need no other package. */
const LAID_BESIDE = ['qrcode-generator', '@temporalio/testing'];

const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
  textOf('package.json'),
) as PackageJson;

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

  it('of the embedded world need nothing but that and what is fetched for it', () => {
    const imported = reachedFrom('dev/run.ts').flatMap((file) => packagesIn(textOf(file)));
    const there = [
      ...Object.keys(dependencies),
      ...Object.keys(optionalDependencies),
      ...LAID_BESIDE,
      ...worldPackages,
    ];
    expect(there).toEqual(expect.arrayContaining([...new Set(imported)]));
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining([...worldPackages]));
    for (const name of worldPackages) expect(textOf('docs/dependencies.md')).toContain(name);
  });

  it('need no development dependency at run time', () => {
    const imported = code
      .filter((file) => file.startsWith('src/'))
      .flatMap((file) => packagesIn(textOf(file)));
    const there = [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...LAID_BESIDE];
    expect(there).toEqual(expect.arrayContaining([...new Set(imported)]));
    for (const name of LAID_BESIDE) expect(textOf('dev/build.mjs')).toContain(`['${name}', `);
  });

  it('load what is optional only when somebody asks for it', () => {
    const loaded = code.flatMap((file) =>
      [...textOf(file).matchAll(/^(?:import|export) (?!type\b).* from '([^.'\n][^'\n]*)';$/gm)].flatMap(
        ([, name]) => (file.startsWith('src/') && name !== undefined ? packageOf(name) : []),
      ),
    );
    expect(Object.keys(optionalDependencies).filter((name) => loaded.includes(name))).toEqual([]);
  });
});

describe('the package', () => {
  it('names exact versions', () => {
    const loose = Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies }).filter(
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
    expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(110);
  });
});

/** The packages that a file imports, in lines of their own. */
function packagesIn(text: string): string[] {
  const names = [...text.matchAll(/^(?:import|export|\}).* from '([^.'\n][^'\n]*)';$/gm)];
  return names.flatMap(([, name]) => (name === undefined || name.startsWith('node:') ? [] : packageOf(name)));
}

/** This file and all of ours that it imports, and those, in turn. */
function reachedFrom(file: string): string[] {
  const reached = new Set([file]);
  for (const each of reached) {
    for (const [, target = ''] of textOf(each).matchAll(/(?: from |import\()'(\.[^']+)\.js'/g)) {
      const place = path.posix.join(path.posix.dirname(each), target);
      const found = ['.ts', '.tsx'].map((end) => place + end).find((name) => existsSync(new URL(name, root)));
      if (found !== undefined) reached.add(found);
    }
  }
  return [...reached];
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
