import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packageFiles } from '../../src/package-files.js';
import { firstCells, root, textOf } from './documents.js';

const MOST_DIRECT = 20;
const MOST_OPTIONAL = 5;
/** Licences that ask for no more than their own text beside the program. */
const ALLOWED = new Set([
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'Unlicense',
  ],
  // Data: the names of browsers that webpack asks for.
  'CC-BY-4.0',
]);

/** Their package.json names none; the file beside it is the text of the Unlicense. */
const UNLICENSED = new Set(['unionfs']);

const { dependencies, optionalDependencies } = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(textOf('package.json')));
const entry = z.object({
  version: z.string(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  dev: z.boolean().default(false),
  link: z.boolean().default(false),
});
const lock = z
  .object({ lockfileVersion: z.int(), packages: z.record(z.string(), entry.loose()) })
  .parse(JSON.parse(textOf('package-lock.json')));
const locked = Object.entries(lock.packages).filter(([place]) => place !== '');
const nameOf = (place: string) => place.split('node_modules/').at(-1) ?? '';
const laid = new Set([
  'qrcode-generator',
  '@temporalio/testing',
  ...packageFiles.map((file) => file.split('/')[0]),
]);
const installed = locked.filter(
  ([place, { dev }]) => (!dev || laid.has(nameOf(place))) && existsSync(new URL(place, root)),
);

describe('what runs', () => {
  it('needs few packages directly', () => {
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(MOST_DIRECT);
    expect(Object.keys(optionalDependencies).length).toBeLessThanOrEqual(MOST_OPTIONAL);
  });

  it('needs each for a reason that docs/dependencies.md tells, and no other is told', () => {
    const page = textOf('docs/dependencies.md');
    expect(firstCells(page)).toEqual([...Object.keys(dependencies), ...Object.keys(optionalDependencies)]);
    for (const [, reason] of page.matchAll(/^\| `[^`]+` \|(.*)\|$/gm))
      expect(reason?.trim()).toMatch(/\w+ \w+/);
  });

  it('has licences that let it be used and passed on', () => {
    expect(installed.length).toBeGreaterThan(Object.keys(dependencies).length);
    expect(installed.filter(([place]) => !isAllowed(licenceOf(place))).map(([place]) => place)).toEqual([]);
  });

  it('is named, each package with its version, by a bill of materials that npm writes', () => {
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
    const text = execFileSync('npm', args, {
      cwd: fileURLToPath(root),
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    const component = z.object({ name: z.string(), group: z.string().optional(), version: z.string() });
    const bill = z
      .object({ bomFormat: z.literal('CycloneDX'), components: z.array(component) })
      .parse(JSON.parse(text));
    const named = bill.components.map(
      ({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name}@${version}`,
    );
    const all = installed.map(([place, { version }]) => `${nameOf(place)}@${version}`);
    expect(named).toEqual(expect.arrayContaining(all));
  }, 60_000);
});

describe('the lock', () => {
  it('is of the form that npm checks, each package with its SHA-512', () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(locked.length).toBeGreaterThan(0);
    const unsealed = locked.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''));
    expect(unsealed.map(([place]) => place)).toEqual([]);
  });

  it('takes nothing but packages of the registry: no repository, folder, link or other address', () => {
    const elsewhere = locked.filter(
      ([, { resolved, link, version }]) =>
        link ||
        !/^\d+\.\d+\.\d+/.test(version) ||
        !/^https:\/\/registry\.npmjs\.org\//.test(resolved ?? 'https://registry.npmjs.org/'),
    );
    expect(elsewhere.map(([place]) => place)).toEqual([]);
  });
});

function licenceOf(place: string): string {
  const { license, name } = z
    .object({ name: z.string(), license: z.string().default('') })
    .parse(JSON.parse(textOf(`${place}/package.json`)));
  const isUnnamed = license === '' && UNLICENSED.has(name);
  if (isUnnamed) expect(textOf(`${place}/LICENSE`)).toMatch(/^This is free and unencumbered software/);
  return isUnnamed ? 'Unlicense' : license;
}

/** `A AND B` needs both, `A OR B` either. */
function isAllowed(licence: string): boolean {
  const parts = (by: string) => licence.replace(/[()]/g, '').split(by);
  if (licence.includes(' OR ')) return parts(' OR ').some((each) => ALLOWED.has(each));
  return parts(' AND ').every((each) => ALLOWED.has(each));
}
