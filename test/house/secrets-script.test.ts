import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../src/config.js';
import { textOf } from './documents.js';

const SCRIPT = fileURLToPath(new URL('../../deploy/secrets', import.meta.url));

describe('deploy/secrets', () => {
  let home: string;
  let folder: string;
  const make = () => execFileSync(SCRIPT, [folder], { encoding: 'utf8' });
  const contents = () =>
    readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]);
  beforeAll(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'wearable-exchange-secrets-'));
    folder = path.join(home, 'secrets');
    make();
  });
  afterAll(() => {
    rmSync(home, { recursive: true });
  });

  it('makes every file that docker-compose.yml names', () => {
    const { secrets } = z
      .object({ secrets: z.record(z.string(), z.unknown()) })
      .parse(parse(textOf('docker-compose.yml'), { merge: true }));
    expect(readdirSync(folder).sort()).toEqual(Object.keys(secrets).sort());
  });

  it('makes a folder for its owner alone, of files that any user of a container can read and nobody change', () => {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder))
      expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o444);
  });

  it('makes secrets that the program takes', () => {
    const file = (name: string) => path.join(folder, name);
    const config = loadConfig({
      DATABASE_URL_FILE: file('database-url'),
      SECRET_KEY_FILE: file('secret-key'),
      OW_API_KEY_FILE: file('ow-api-key'),
      SMTP_URL_FILE: file('smtp-url'),
      TEMPORAL_ADDRESS: 'temporal:7233',
    });
    const password = readFileSync(file('postgres-password'), 'utf8').trim();
    expect(password).toMatch(/^[0-9a-f]{64}$/);
    expect(new URL(config.DATABASE_URL).password).toBe(password);
    expect(config.SECRET_KEY).not.toBe(password);
  });

  it('tells names only, and leaves alone what is there', () => {
    rmSync(path.join(folder, 'ow-api-key'), { force: true });
    writeFileSync(path.join(folder, 'ow-api-key'), 'sk-of-the-real-one');
    const before = contents();
    expect(make()).toBe('');
    expect(contents()).toEqual(before);
    rmSync(path.join(folder, 'smtp-url'), { force: true });
    expect(make()).toBe('made smtp-url\n');
  });
});
