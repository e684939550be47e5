import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { instructionsOf, type Instruction } from '../helpers/dockerfile.js';
import { textOf } from './documents.js';

const all = instructionsOf(textOf('Dockerfile'));
const lastFrom = all.map(({ word }) => word).lastIndexOf('FROM');
/** What the image is made of; the stages before are left behind. */
const image = all.slice(lastFrom);
const of = (word: string, from: readonly Instruction[] = image) =>
  from.filter((each) => each.word === word).map(({ rest }) => rest);
const { version, license } = z
  .object({ version: z.string(), license: z.string() })
  .parse(JSON.parse(textOf('package.json')));

describe('Dockerfile', () => {
  it('has instructions that are known, and each base by the tag of a version', () => {
    const known = [
      'ARG',
      'CMD',
      'COPY',
      'ENTRYPOINT',
      'ENV',
      'EXPOSE',
      'FROM',
      'HEALTHCHECK',
      'LABEL',
      'RUN',
      'USER',
      'WORKDIR',
    ];
    for (const { word } of all) expect(known).toContain(word);
    expect(all[0]).toEqual({ word: 'ARG', rest: 'NODE=node:24-slim' });
    for (const base of of('FROM', all)) expect(base).toMatch(/^\$\{NODE\}( AS \w+)?$/);
  });

  it('installs exactly what is locked, and nothing for development into the image', () => {
    for (const run of of('RUN', all).filter((text) => text.includes('npm ')))
      expect(run).toMatch(/^npm (ci|pkg delete devDependencies && npm sbom|run build)( |$)/);
    expect(of('RUN', all)).toContain('npm ci --omit=dev --no-audit --no-fund');
    expect(of('COPY')).toContain('--from=dependencies /app/node_modules node_modules');
  });

  it('runs as a user without rights, to whom nothing in it belongs', () => {
    expect(of('USER')).toEqual(['node']);
    const words = image.map(({ word }) => word);
    expect(words.lastIndexOf('COPY')).toBeLessThan(words.indexOf('USER'));
    expect(textOf('Dockerfile')).not.toMatch(/--chown|chmod/);
  });

  it('starts without a shell, so that signals arrive, and can be asked whether it lives', () => {
    expect(of('ENTRYPOINT')).toEqual(['["node", "dist/src/main.js"]']);
    expect(of('CMD')).toEqual(['["serve"]']);
    expect(of('HEALTHCHECK')).toHaveLength(1);
    expect(of('HEALTHCHECK')[0]).toMatch(/ CMD \["node", "healthcheck\.mjs"\]$/);
    expect(of('COPY').join(' ')).toContain('deploy/healthcheck.mjs ./');
  });

  it('says what it is, and where the list of its parts lies', () => {
    const pairs = [...(of('LABEL')[0] ?? '').matchAll(/([\w.-]+)="([^"]*)"/g)];
    const labels = Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value] as const));
    expect(labels).toMatchObject({
      'org.opencontainers.image.title': 'wearable-exchange',
      'org.opencontainers.image.licenses': license,
      'org.opencontainers.image.version': '${VERSION}',
      'org.opencontainers.image.revision': '${REVISION}',
      'wearable-exchange.sbom': '/app/sbom.cdx.json',
    });
    expect(of('ARG')).toContain(`VERSION=${version}`);
    expect(of('COPY')).toContain('--from=dependencies /app/sbom.cdx.json ./');
  });

  it('holds no secret', () => {
    for (const text of [...of('ENV', all), ...of('ARG', all)])
      expect(text).not.toMatch(/SECRET|PASSWORD|KEY|TOKEN/);
  });
});

describe('what a build of the image sees', () => {
  const [first, ...rules] = textOf('.dockerignore').trim().split('\n');

  it('is nothing but what is named, and that is there', () => {
    expect(first).toBe('*');
    for (const rule of rules) {
      expect(rule).toMatch(/^!/);
      expect(existsSync(new URL(`../../${rule.slice(1)}`, import.meta.url)), rule).toBe(true);
    }
  });

  it('has everything that is copied, and no secret, no history and nothing built', () => {
    const seen = rules.map((rule) => rule.slice(1));
    const copied = of('COPY', all).filter((text) => !text.startsWith('--from') && text !== '. .');
    for (const name of copied.flatMap((text) => text.split(' ').slice(0, -1))) expect(seen).toContain(name);
    for (const name of ['.env', 'secrets', '.git', 'node_modules', 'dist', 'backups'])
      expect(seen).not.toContain(name);
  });
});
