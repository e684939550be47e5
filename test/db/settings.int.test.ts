import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { createRuntimeSettings } from '../../src/runtime-settings.js';
import { createSecretBox } from '../../src/secret-box.js';
import { emptyDatabase, type TestDatabase } from '../helpers/database.js';
import { migrate } from '../../src/db/migrate.js';
import { migrationsFolder } from '../../src/db/migrations-folder.js';
import { settingChanges } from '../../src/db/settings.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await emptyDatabase();
  await migrate(database.sql, migrationsFolder());
});
afterAll(async () => {
  await database.drop();
});

const KEY = 'the key of this test, long enough';
const ENVIRONMENT = {
  ...{ OW_API_URL: 'http://from-the-environment', OW_API_KEY: 'sk-environment' },
  UPSTREAM_HOSTS: ['stored', 'other', 'stored:9000'],
};
const settingsWith = (secretKey: string, environment = {}) =>
  createRuntimeSettings(database.sql, createSecretBox(secretKey), environment);

describe('a secret', () => {
  it('is unreadable in the database and readable to the service', async () => {
    await settingsWith(KEY).write('ow.api_key', 'sk-planted', null);
    const [row] = await database.sql<{ value: unknown; secret: Buffer; all: string }[]>`
      select value, secret, settings::text as all from settings where key = 'ow.api_key'`;
    expect(row?.value).toBeNull();
    expect(row?.secret.includes('sk-planted')).toBe(false);
    expect(row?.all).not.toContain('planted');
    expect((await settingsWith(KEY).read())['ow.api_key']).toBe('sk-planted');
  });

  it('looks different each time it is stored', async () => {
    const stored = async () => {
      await settingsWith(KEY).write('ow.api_key', 'sk-planted', null);
      const [row] = await database.sql<{ secret: string }[]>`
        select encode(secret, 'hex') as secret from settings where key = 'ow.api_key'`;
      return row?.secret;
    };
    expect(await stored()).not.toBe(await stored());
  });

  it('cannot be read with another SECRET_KEY, and the error says so', async () => {
    await settingsWith(KEY).write('ow.api_key', 'sk-planted', null);
    await expect(settingsWith('another key, of the same length..').read()).rejects.toMatchObject({
      name: 'SecretUnreadable',
      message: 'ow.api_key cannot be decrypted: SECRET_KEY is not the one it was stored with',
    });
  });

  it('cannot be moved under another name', async () => {
    await settingsWith(KEY).write('ow.api_key', 'sk-planted', null);
    await database.sql`update settings set key = 'ow.s3.secret_access_key' where key = 'ow.api_key'`;
    await expect(settingsWith(KEY).read()).rejects.toMatchObject({ name: 'SecretUnreadable' });
    await database.sql`delete from settings`;
  });
});

describe('a setting', () => {
  it('of the environment holds until another is stored, and again when that is removed', async () => {
    const settings = settingsWith(KEY, ENVIRONMENT);
    const inForce = async () => {
      const { 'ow.api_url': url, 'ow.api_key': key } = await settings.read();
      return [url, key];
    };
    expect(await inForce()).toEqual(['http://from-the-environment', 'sk-environment']);
    await settings.write('ow.api_url', 'http://stored', null);
    await settings.write('ow.api_key', 'sk-stored', null);
    expect(await inForce()).toEqual(['http://stored', 'sk-stored']);
    expect(await settings.unset('ow.api_url')).toBe(true);
    expect(await settings.unset('ow.api_url')).toBe(false);
    expect(await inForce()).toEqual(['http://from-the-environment', 'sk-environment']);
  });

  it('keeps its type through the database', async () => {
    const settings = settingsWith(KEY);
    await settings.write('module.ow', 'yes', null);
    await settings.write('ow.poll_interval_minutes', '5', null);
    expect(await settings.read()).toMatchObject({ 'module.ow': true, 'ow.poll_interval_minutes': 5 });
  });

  it.each([
    ['ow.poll_interval_minutes', 'planted', 'SettingInvalid'],
    ['ow.ingest_mode', 'planted', 'SettingInvalid'],
    ['ow.planted', '1', 'SettingUnknown'],
    ['ow.sync_in_progress', '2026-01-01', 'SettingUnknown'],
  ])('%s = %s is refused, without repeating the value', async (key, value, name) => {
    const write = settingsWith(KEY).write(key, value, null);
    await expect(write).rejects.toMatchObject({
      name,
      message: expect.not.stringContaining(value) as string,
    });
  });
});

describe('the history of settings', () => {
  it('has every change with who did it, and none where nothing changed', async () => {
    const settings = settingsWith(KEY);
    const [user] = await database.sql<{ id: number }[]>`
      insert into users (email, kind, name_given, name_family) values ('ada@example.com', 'practitioner', 'Ada', 'Admin')
      returning id`;
    const by = user?.id ?? 0;
    await settings.write('ow.lookback_hours', '24', by);
    await settings.write('ow.lookback_hours', '24', by);
    await settings.write('ow.lookback_hours', '48', null);
    await settings.unset('ow.lookback_hours', by);
    await settings.unset('ow.lookback_hours', by);
    const changes = await settingChanges(database.sql, 3);
    expect(changes).toMatchObject([
      { key: 'ow.lookback_hours', oldValue: 48, newValue: null, changedBy: 'Ada Admin' },
      { oldValue: 24, newValue: 48, changedBy: null },
      { oldValue: null, newValue: 24, changedBy: 'Ada Admin' },
    ]);
    expect(await settingChanges(database.sql, 1, changes[1]?.id)).toMatchObject([{ newValue: 24 }]);
  });

  it('tells of a secret only that it was set, replaced and taken away', async () => {
    await database.sql`delete from settings`;
    const settings = settingsWith(KEY);
    await settings.write('ow.s3.secret_access_key', 'planted one', null);
    await settings.write('ow.s3.secret_access_key', 'planted two', null);
    await settings.unset('ow.s3.secret_access_key');
    const changes = await settingChanges(database.sql, 3);
    expect(changes.map(({ isSecret, oldValue, newValue }) => [isSecret, oldValue, newValue])).toEqual([
      [true, true, null],
      [true, true, true],
      [true, null, true],
    ]);
    const [all] = await database.sql<{ text: string }[]>`
      select string_agg(setting_changes::text, ' ') as text from setting_changes`;
    expect(all?.text).not.toMatch(/planted/);
  });

  it('cannot be rewritten', async () => {
    await expect(database.sql`delete from setting_changes`).rejects.toMatchObject({ code: '23001' });
  });
});

describe('settings that are asked for again and again', () => {
  it('are looked up once in a second, and are never older', async () => {
    const [mine, anothers] = [settingsWith(KEY), settingsWith(KEY)];
    await anothers.write('ow.lookback_hours', '5', null);
    expect((await mine.recent())['ow.lookback_hours']).toBe(5);
    await anothers.write('ow.lookback_hours', '6', null);
    const changedAt = performance.now();
    expect((await mine.recent())['ow.lookback_hours']).toBe(5);
    await until('the change shows', async () => (await mine.recent())['ow.lookback_hours'] === 6);
    expect(performance.now() - changedAt).toBeLessThan(2_000);
  });

  it('show at once what was written here', async () => {
    const settings = settingsWith(KEY);
    await settings.write('ow.lookback_hours', '7', null);
    expect((await settings.recent())['ow.lookback_hours']).toBe(7);
    await settings.write('ow.lookback_hours', '8', null);
    expect((await settings.recent())['ow.lookback_hours']).toBe(8);
    await settings.unset('ow.lookback_hours');
    expect((await settings.recent())['ow.lookback_hours']).toBe(24);
  });
});
