import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderConfiguration } from '../../dev/configuration.js';
import { loadConfig } from '../../src/config.js';
import { definitions, settingKeys } from '../../src/settings.js';
import { settingFields } from '../../src/web/views/admin/operations/setting-fields.js';
import { textOf } from './documents.js';

const variables = [...textOf('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name);
const example = parseEnv(textOf('.env.example'));

it('docs/configuration.md is what the program reads', () => {
  expect(textOf('docs/configuration.md')).toBe(renderConfiguration());
});

describe('every environment variable of the configuration', () => {
  it.each(variables)('%s is shown in .env.example', (name) => {
    expect(Object.keys(example)).toContain(name);
  });

  it('is accepted as .env.example has it, once the secret key is filled in', () => {
    expect(() => loadConfig(example)).toThrow(/1 problem\(s\):\n {2}SECRET_KEY: is missing$/);
    expect(loadConfig({ ...example, SECRET_KEY: 'x'.repeat(32) }).PORT).toBe(8001);
  });
});

describe('every setting', () => {
  const rows = textOf('docs/operations.md').split('\n');

  it.each(settingKeys)('%s is in docs/operations.md with its default', (key) => {
    const row = rows.find((line) => line.startsWith(`| \`${key}\` |`));
    expect(row).toBeDefined();
    const { fallback, secret } = definitions[key];
    if (fallback !== '') expect(row).toContain(`\`${String(fallback)}\``);
    expect(row?.includes('secret')).toBe(secret);
  });

  it.each(settingKeys)('%s has words of its own on the page', (key) => {
    const field = settingFields.find((each) => each.key === key)?.field;
    expect(field?.label).not.toBe(key);
    expect(field?.as === 'secret').toBe(definitions[key].secret);
  });
});
