import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { settingChanges } from '../../src/db/settings.js';
import { createRuntimeSettings, type RuntimeSettings } from '../../src/runtime-settings.js';
import { createSecretBox } from '../../src/secret-box.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

const ENVIRONMENT = {
  ...{ OW_API_URL: 'https://own.example', OW_API_KEY: 'sk-of-own' },
  UPSTREAM_HOSTS: ['stored.example', 'other.example', 's3.example'],
};

let database: TestDatabase;
let settings: RuntimeSettings;
beforeAll(async () => {
  database = await seededDatabase();
  const box = createSecretBox('the key of this test, long enough');
  settings = createRuntimeSettings(database.sql, box, ENVIRONMENT);
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  await database.sql`delete from settings`;
});

const set = (key: string, value: string) => settings.write(key, value, null);

async function inForce(): Promise<[string, string]> {
  const { 'ow.api_url': url, 'ow.api_key': key } = await settings.read();
  return [url, key];
}

it("the environment's key never goes to an address that was stored", async () => {
  await set('ow.api_url', 'https://stored.example');
  expect(await inForce()).toEqual(['https://stored.example', '']);
  await set('ow.api_url', 'https://own.example/behind/a/path');
  expect(await inForce()).toEqual(['https://own.example/behind/a/path', 'sk-of-own']);
});

it('a stored key goes when the address becomes one of another origin, and stays for the same origin', async () => {
  await set('ow.api_url', 'https://stored.example');
  await set('ow.api_key', 'sk-of-stored');
  await set('ow.api_url', 'https://stored.example/v2');
  expect(await inForce()).toEqual(['https://stored.example/v2', 'sk-of-stored']);
  await set('ow.api_url', 'https://other.example');
  expect(await inForce()).toEqual(['https://other.example', '']);
  const [, address] = await settingChanges(database.sql, 2);
  expect([address?.key, (await settingChanges(database.sql, 1))[0]?.key].sort()).toEqual([
    'ow.api_key',
    'ow.api_url',
  ]);
});

it('a stored key goes when the stored address is taken away', async () => {
  await set('ow.api_url', 'https://stored.example');
  await set('ow.api_key', 'sk-of-stored');
  expect(await settings.unset('ow.api_url')).toBe(true);
  expect(await inForce()).toEqual(['https://own.example', 'sk-of-own']);
});

it('the key of the S3 server goes with its address, and a first address takes nothing away', async () => {
  const secret = async () => (await settings.read())['ow.s3.secret_access_key'];
  await set('ow.s3.secret_access_key', 'planted');
  await set('ow.s3.endpoint_url', 'https://s3.example');
  expect(await secret()).toBe('planted');
  await set('ow.s3.endpoint_url', 'https://other.example');
  expect(await secret()).toBe('');
});

it.each(['ow.api_url', 'ow.s3.endpoint_url'])(
  '%s is refused with the reason when it may not lead there',
  async (key) => {
    await expect(set(key, 'https://elsewhere.example')).rejects.toMatchObject({
      name: 'SettingInvalid',
      message: `${key}: its host is not in UPSTREAM_HOSTS; whoever runs this service can add it there`,
    });
  },
);
