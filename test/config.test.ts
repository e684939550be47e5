import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig, secretVariables, type Environment } from '../src/config.js';

const GOOD = {
  DATABASE_URL: 'postgres://user:planted-password@localhost:5432/db',
  TEMPORAL_ADDRESS: 'localhost:7233',
  SECRET_KEY: 'planted-secret-'.repeat(3),
};

function problemOf(environment: Environment): Error {
  try {
    loadConfig(environment);
  } catch (thrown) {
    if (thrown instanceof Error) return thrown;
  }
  throw new Error('the configuration is good');
}

describe('a good configuration', () => {
  it('fills in the usual ports and pool', () => {
    expect(loadConfig(GOOD)).toMatchObject({ PORT: 8001, HOST: '127.0.0.1', DATABASE_POOL_SIZE: 10 });
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig({ ...GOOD, PORT: '', OW_API_URL: '' })).toMatchObject({ PORT: 8001 });
    expect(loadConfig({ ...GOOD, OW_API_URL: '' }).OW_API_URL).toBeUndefined();
  });
});

describe('a bad configuration', () => {
  const BAD = {
    DATABASE_URL: 'mysql://user:planted-password@host/db',
    TEMPORAL_ADDRESS: 'http://planted-host:7233',
    PORT: '80000',
    DATABASE_POOL_SIZE: 'planted-many',
    SITE_URL: 'ftp://planted-site',
    SECRET_KEY: 'planted-short',
    LOG_LEVEL: 'planted-loud',
    OW_API_URL: 'planted wearables',
  };

  it('is told with every mistake at once, by name', () => {
    const { name, message } = problemOf(BAD);
    expect(name).toBe('ConfigInvalid');
    expect(message).toContain('8 problem(s)');
    for (const variable of Object.keys(BAD)) expect(message).toContain(`  ${variable}: `);
  });

  it('is told without any value, secrets least of all', () => {
    expect(problemOf(BAD).message).not.toContain('planted');
    expect(problemOf({ ...GOOD, PORT: 'x' }).message).not.toContain('planted');
  });

  it('says what is missing', () => {
    const { message } = problemOf({});
    for (const variable of Object.keys(GOOD)) expect(message).toContain(`${variable}: is missing`);
  });

  it.each([
    ['PORT', '80000', 'must be at most 65535'],
    ['PORT', '0', 'must be at least 1'],
    ['SECRET_KEY', 'short', 'must have at least 32 characters'],
    ['TEMPORAL_ADDRESS', 'localhost', 'must look like host:port'],
    ['LOG_LEVEL', 'loud', 'must be one of trace, debug, info, warn, error, silent'],
    ['DATABASE_URL', 'localhost', 'must be a URL that starts with postgres:// or postgresql://'],
  ])('says how to mend %s=%s', (variable, value, advice) => {
    expect(problemOf({ ...GOOD, [variable]: value }).message).toContain(`  ${variable}: ${advice}`);
  });
});

describe('a secret in a file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'wearable-exchange-secrets-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const fileWith = (content: string) => {
    const file = path.join(folder, `secret-${content.length}`);
    writeFileSync(file, content);
    return file;
  };
  const { DATABASE_URL, SECRET_KEY, ...REST } = GOOD;

  it('is taken without the line break at its end, and without any other change', () => {
    const config = loadConfig({
      ...REST,
      DATABASE_URL_FILE: fileWith(`${DATABASE_URL}\n`),
      SECRET_KEY_FILE: fileWith(`  ${SECRET_KEY} \r\n`),
    });
    expect(config).toMatchObject({ DATABASE_URL, SECRET_KEY: `  ${SECRET_KEY} ` });
  });

  it.each(secretVariables)('may be %s', (name) => {
    const value =
      name === 'SMTP_URL' ? 'smtp://mail:1025' : name === 'DATABASE_URL' ? DATABASE_URL : SECRET_KEY;
    const environment = { ...GOOD, [name]: '', [`${name}_FILE`]: fileWith(value) };
    expect([loadConfig(environment)[name]].flat()).toEqual([value]);
  });

  it('is refused when it stands in the environment as well', () => {
    const { message } = problemOf({ ...GOOD, SECRET_KEY_FILE: fileWith(SECRET_KEY) });
    expect(message).toContain(
      '1 problem(s):\n  SECRET_KEY: is set beside SECRET_KEY_FILE: keep one of the two',
    );
    expect(message).not.toContain('planted');
  });

  it.each([
    ['that is not there', () => path.join(folder, 'planted'), 'names a file that cannot be read (ENOENT)'],
    ['that is a folder', () => folder, 'names a file that cannot be read (EISDIR)'],
    ['that is empty', () => fileWith('\n'), 'names an empty file'],
  ])('in a file %s is one mistake, told without its name', (_what, file, problem) => {
    const { message } = problemOf({ ...REST, DATABASE_URL, SECRET_KEY_FILE: file() });
    expect(message).toMatch(/1 problem\(s\):\n {2}SECRET_KEY: SECRET_KEY_FILE /);
    expect(message).toContain(problem);
    expect(message).not.toContain(folder);
  });

  it('is checked as any other: too short a key is refused without being told', () => {
    const { message } = problemOf({ ...REST, DATABASE_URL, SECRET_KEY_FILE: fileWith('planted-short') });
    expect(message).toContain('SECRET_KEY: must have at least 32 characters');
    expect(message).not.toContain('planted');
  });

  it('is not looked for beside an empty variable', () => {
    expect(loadConfig({ ...GOOD, SECRET_KEY_FILE: '' }).SECRET_KEY).toBe(SECRET_KEY);
  });
});
