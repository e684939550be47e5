import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { passwordFits } from '../../src/auth/passwords.js';
import { createAccessToken } from '../../src/db/access-tokens.js';
import { findCredentials } from '../../src/db/credentials.js';
import { createSession, readSession } from '../../src/db/sessions.js';
import { commandGiven } from '../helpers/command.js';
import { seededDatabase, SEEDED_HASH, type TestDatabase } from '../helpers/database.js';

vi.setConfig({ testTimeout: 60_000 });

const EMAIL = 'olu@hospital.example';
let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
});
afterAll(async () => {
  await database.drop();
});

const run = (input: string, ...words: readonly string[]) =>
  commandGiven(
    input,
    {
      environment: {
        DATABASE_URL: database.url,
        TEMPORAL_ADDRESS: '127.0.0.1:1',
        SECRET_KEY: 'a key of this test and nothing else',
      },
    },
    ...['user', ...words],
  );

it('the first operator is made and gets a password, which is on no command line and in no print', async () => {
  const added = await run('', 'add', '--email', EMAIL, '--given', 'Olu', '--family', 'Ade', '--operator');
  expect(added).toMatchObject({ code: 0, lines: [expect.stringMatching(/^Account \d+ is made/)] });
  expect(await findCredentials(database.sql, EMAIL)).toBeUndefined();
  const set = await run('seven otters, one kayak\n', 'password', EMAIL);
  expect(set).toEqual({
    code: 0,
    lines: [`${EMAIL} has a new password and is signed out everywhere.`],
    errors: '',
  });
  const credentials = await findCredentials(database.sql, EMAIL);
  expect(await passwordFits('seven otters, one kayak', credentials?.passwordHash)).toBe(true);
  const [user] = await database.sql`select is_superuser from users where email = ${EMAIL}`;
  expect(user).toEqual({ is_superuser: true });
});

it('a taken address, a word that is no address, and an unknown account are refused', async () => {
  const add = async (email: string) => run('', 'add', '--email', email, '--given', 'O', '--family', 'A');
  expect(await add('MEMBER_megan@example.com')).toMatchObject({ code: 1, lines: [''] });
  expect(await add('no address')).toMatchObject({ code: 2 });
  expect((await run('seven otters, one kayak', 'password', 'nobody@example.com')).errors).toMatch(
    /no practitioner/,
  );
});

it.each([
  ['', 'At least 12 characters.'],
  ['Password2026!', 'Too many people use this password'],
  ['member_megan of 20003', 'e-mail name'],
])('a password that is not good enough is refused, and none is changed: %s', async (input, says) => {
  const { code, errors } = await run(input, 'password', 'member_megan@example.com');
  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(says) as string });
  const megan = await findCredentials(database.sql, 'member_megan@example.com');
  expect(megan?.passwordHash).toBe(SEEDED_HASH);
});

it('signing out ends all sessions; tokens only when asked to', async () => {
  const { sql } = database;
  const idHash = Buffer.from('signed in');
  const open = async () =>
    createSession(sql, { idHash, userId: 10003, passwordHash: SEEDED_HASH, csrf: 'x', lifetimeMinutes: 60 });
  await open();
  const tokenHash = Buffer.from('token');
  await createAccessToken(sql, { userId: 10003, name: 'n', tokenHash, validDays: 1, access: 'read' });
  const good = async () => (await sql`select 1 from access_tokens where revoked_at is null`).length;
  const out = async (...more: readonly string[]): Promise<unknown> =>
    JSON.parse((await run('', 'sign-out', 'member_megan@example.com', '--json', ...more)).lines.join(''));
  expect(await out()).toEqual({ id: 10003, sessions: 1, tokens: 0 });
  expect(await readSession(sql, idHash, 60)).toBeUndefined();
  expect(await good()).toBe(1);
  await open();
  expect(await out('--tokens')).toEqual({ id: 10003, sessions: 1, tokens: 1 });
  expect(await good()).toBe(0);
});

it('the list tells who can sign in, and no hash', async () => {
  const { lines } = await run('', 'list');
  expect(lines.find((line) => line.includes(EMAIL))).toMatch(/^\d+ +olu@\S+ +Olu Ade +operator +password$/);
  expect(lines.join('\n')).not.toMatch(/argon2|nobody signs in/);
});
