import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signingKey } from '../../src/api/oauth/signing-key.js';
import { reseal, sealedOtherwise } from '../../src/db/sealed-values.js';
import { createRuntimeSettings } from '../../src/runtime-settings.js';
import { createSecretBox } from '../../src/secret-box.js';
import { requireReadableSecrets, rotateSecrets } from '../../src/secret-rotation.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

const OLD = 'the old key of this test, long enough';
const NEW = 'the new key of this test, long enough';
const old = createSecretBox(OLD);
const both = createSecretBox(NEW, [OLD]);
const onlyNew = createSecretBox(NEW);
const LETTERS = 1201;

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  await database.sql`delete from dead_letters`;
  await database.sql`delete from signing_keys`;
  await database.sql`delete from settings`;
  await createRuntimeSettings(database.sql, old, {}).write('ow.api_key', 'sk-planted', null);
  await signingKey(database.sql, old);
});

async function rotate(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const { shelf, resealed } of rotateSecrets(database.sql, both))
    counts[shelf] = (counts[shelf] ?? 0) + resealed;
  return counts;
}

async function deadLetters(count: number): Promise<number> {
  const [patient] = await database.sql<{ id: number }[]>`select id from patients order by id limit 1`;
  const id = patient?.id ?? 0;
  const sealed = Array.from({ length: count }, (_, at) =>
    old.seal(`dead-letter/${id}`, `{"at":${at}}`).toString('hex'),
  );
  await database.sql`
    insert into dead_letters (patient_id, series, reason, detail, original, fingerprint)
    select ${id}, 'heart_rate', 'not-a-number', 'x', s, sha256(s)
    from (select decode(hex, 'hex') as s from unnest(${sealed}::text[]) hex) x`;
  return id;
}

describe('rotation of SECRET_KEY', () => {
  it('seals settings, signing keys and every dead letter anew, so that the old key can go', async () => {
    const patientId = await deadLetters(LETTERS);
    const { privateKey } = await signingKey(database.sql, old);
    expect(await rotate()).toEqual({ settings: 1, 'signing keys': 1, 'dead letters': LETTERS });

    expect((await createRuntimeSettings(database.sql, onlyNew, {}).read())['ow.api_key']).toBe('sk-planted');
    expect((await signingKey(database.sql, onlyNew)).privateKey).toBe(privateKey);
    const letters = await database.sql<{ original: Buffer }[]>`select original from dead_letters`;
    const opened = letters.map(({ original }) => onlyNew.open(`dead-letter/${patientId}`, original));
    expect(new Set(opened).size).toBe(LETTERS);
  });

  it('finds nothing left to do the second time', async () => {
    await rotate();
    expect(await rotate()).toEqual({});
  });

  it('does not undo a secret that was set while it ran', async () => {
    const [read] = await sealedOtherwise(database.sql, 'settings', both.head, null, 1);
    const settings = createRuntimeSettings(database.sql, both, {});
    await settings.write('ow.api_key', 'sk-newer', null);
    expect(read && (await reseal(database.sql, 'settings', read, both.seal(read.name, 'sk-planted')))).toBe(
      false,
    );
    expect((await settings.read())['ow.api_key']).toBe('sk-newer');
  });
});

describe('a process with the wrong SECRET_KEY', () => {
  it('refuses to start and tells how to go on', async () => {
    const refusal = requireReadableSecrets(database.sql, onlyNew);
    await expect(refusal).rejects.toMatchObject({ name: 'SecretUnreadable' });
    await expect(refusal).rejects.toThrow(
      /^SECRET_KEY is not the key that the setting ow\.api_key was sealed with.*SECRET_KEYS_RETIRED.*rotate/,
    );
    await database.sql`delete from settings`;
    await expect(requireReadableSecrets(database.sql, onlyNew)).rejects.toThrow(/the signing key/);
  });

  it('starts with the old key beside it, and alone once everything was sealed anew', async () => {
    await requireReadableSecrets(database.sql, both);
    await rotate();
    await requireReadableSecrets(database.sql, onlyNew);
  });
});
