import { expect, it } from 'vitest';
import { missingRawSettings, rawAccess } from '../../src/raw-payloads/access.js';
import { resolveSettings } from '../../src/settings.js';

const REQUIRED = [
  'ow.s3.endpoint_url',
  'ow.s3.access_key_id',
  'ow.s3.secret_access_key',
  'ow.s3.bucket_name',
];

const complete = new Map(REQUIRED.map((key) => [key, 'http://s3.example.org']));

it.each(REQUIRED)('without %s raw mode says so in the words of the original', (key) => {
  const settings = resolveSettings(new Map([...complete].filter(([name]) => name !== key)));
  const words = `OW raw ingest requires JheSetting '${key}' to be set.`;
  expect(missingRawSettings(settings)).toBe(words);
  expect(() => rawAccess(settings)).toThrow(words);
});

it('the first of several missing settings is named', () => {
  expect(missingRawSettings(resolveSettings(new Map()))).toContain("'ow.s3.endpoint_url'");
});

it('with all four the key prefix has its default', () => {
  const settings = resolveSettings(complete);
  expect(missingRawSettings(settings)).toBeUndefined();
  expect(rawAccess(settings).keyPrefix).toBe('raw-payloads/oura/api_response');
});
