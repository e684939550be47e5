import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashPassword } from '../../src/auth/passwords.js';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { createAccessToken } from '../../src/db/access-tokens.js';
import { auditHead } from '../../src/db/audit-events.js';
import { type AuditLine, auditLines } from '../../src/db/audit-search.js';
import { setPassword } from '../../src/db/credentials.js';
import { createSession } from '../../src/db/sessions.js';
import { seededDatabase, SEEDED_HASH, type TestDatabase } from '../helpers/database.js';
import { serverAlone } from '../helpers/server-alone.js';
import { uncommitted, waitsForALock } from '../helpers/uncommitted.js';

vi.setConfig({ testTimeout: 60_000 });

const SITE_URL = 'http://localhost:8001';
const [MARY, MEGAN, MARK, PETERS_ACCOUNT] = [10002, 10003, 10011, 10006];
const [PETER, PAMELA] = [40001, 40002];
const PASSWORD = 'a long walk by the river';

let database: TestDatabase;
let server: ReturnType<typeof serverAlone>['server'];
const tokens = new Map<number, string>();
const cookies = new Map<number, string>();
let csrf: string;
beforeAll(async () => {
  database = await seededDatabase();
  const { sql } = database;
  ({ server } = serverAlone(sql, database.url, { SITE_URL, RATE_LIMIT_FACTOR: '1000' }));
  csrf = newToken();
  for (const userId of [MARY, MEGAN, MARK, PETERS_ACCOUNT]) {
    const [token, id] = [newToken(), newToken()];
    const made = {
      userId,
      name: 'test',
      tokenHash: hashToken(token),
      validDays: 1,
      access: 'write' as const,
    };
    await createAccessToken(sql, made);
    await sql`update users set password_hash = ${SEEDED_HASH} where id = ${userId}`;
    const session = { idHash: hashToken(id), userId, csrf, lifetimeMinutes: 60, passwordHash: SEEDED_HASH };
    await createSession(sql, session);
    tokens.set(userId, token);
    cookies.set(userId, `session=${id}`);
  }
});
afterAll(async () => {
  await database.drop();
});

let before: number;
beforeEach(async () => {
  before = (await auditHead(database.sql)).id;
});

/** What was recorded in this test, the oldest first. */
async function recorded(): Promise<AuditLine[]> {
  const lines = await auditLines(database.sql, { organizationIds: null, limit: 100 });
  return lines.filter(({ id }) => id > before).reverse();
}

const api = async (userId: number, path: string, init: RequestInit = {}) =>
  server.request(path, {
    ...init,
    headers: { authorization: `Bearer ${tokens.get(userId) ?? ''}`, 'content-type': 'application/json' },
  });
const page = async (userId: number, path: string, form?: Record<string, string>) =>
  server.request(path, {
    headers: { cookie: cookies.get(userId) ?? '', origin: SITE_URL },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams({ csrf, ...form }) }),
  });

describe('what is read', () => {
  it.each<[string, number, string, string, readonly number[]]>([
    ['a list of the API', MEGAN, '/api/v1/patients', 'list patients', [PETER, PAMELA]],
    ['a patient of the API', MEGAN, `/api/v1/patients/${PETER}`, 'read patient', [PETER]],
    ['a search that finds nothing', MEGAN, '/api/v1/observations', 'read observations', []],
    ['patients of FHIR', MEGAN, '/FHIR/R5/Patient', 'list patients', [PETER, PAMELA]],
    ['a patient of FHIR', MEGAN, `/FHIR/R5/Patient/${PAMELA}`, 'read patient', [PAMELA]],
    ['observations of FHIR', MEGAN, '/FHIR/R4/Observation', 'read observations', []],
    ['patients of a study', MEGAN, '/api/v1/studies/30001/patients', 'list patients', [PETER, PAMELA]],
    ['the own record', PETERS_ACCOUNT, '/api/v1/patients/me', 'read own record', [PETER]],
  ])('%s: who, what, whose, through what', async (_, userId, path, action, patients) => {
    const answer = await api(userId, path);
    expect(answer.status).toBe(200);
    const [line, ...more] = await recorded();
    expect(more).toEqual([]);
    const why = `GET ${path.replace(/\/[34]0\d\d\d/, '/:id')}`;
    expect(line).toMatchObject({ actorId: userId, action, patients, why, outcome: 'allowed' });
    expect(line?.requestId).toBe(answer.headers.get('x-request-id'));
  });

  it.each<[string, number, string, string, readonly number[]]>([
    ['the list of patients', MEGAN, '/admin/patients', 'list patients', [PETER, PAMELA]],
    ['the page of a patient', MEGAN, `/admin/patients/${PETER}`, 'read patient', [PETER]],
    [
      'the figures of a chart',
      MEGAN,
      `/admin/patients/${PETER}/points.json?type=heart_rate`,
      'read observations',
      [PETER],
    ],
    ['own data, as a file', PETERS_ACCOUNT, '/ow/manage/my-data.csv', 'take own data along', [PETER]],
    ['the own page', PETERS_ACCOUNT, '/ow/manage', 'read consents', [PETER]],
  ])('%s, on the pages', async (_, userId, path, action, patients) => {
    const answer = await page(userId, path);
    expect(answer.status).toBe(200);
    await answer.text();
    expect(await recorded()).toMatchObject([{ actorId: userId, action, patients, outcome: 'allowed' }]);
  });

  it('a search by name is recorded without the name', async () => {
    expect((await page(MEGAN, '/admin/patients/search', { text: 'Randall' })).status).toBe(200);
    expect(await recorded()).toMatchObject([{ action: 'look patients up', patients: [PAMELA] }]);
    expect(JSON.stringify(await recorded())).not.toContain('Randall');
  });

  it('is recorded as refused for somebody of another organization, who learns nothing', async () => {
    expect((await api(MARK, `/api/v1/patients/${PETER}`)).status).toBe(403);
    expect((await page(MARK, `/admin/patients/${PETER}`)).status).toBe(404);
    expect(await recorded()).toMatchObject([
      { actorId: MARK, action: 'read patient', patients: [PETER], outcome: 'refused' },
      { actorId: MARK, action: 'read patient', patients: [PETER], outcome: 'refused' },
    ]);
  });

  it('leaves no record of nobody, whom nothing is told', async () => {
    expect((await server.request('/api/v1/patients')).status).toBe(401);
    expect(await recorded()).toEqual([]);
  });

  it('is held back until the record is committed', async () => {
    const other = await uncommitted(database.sql, (sql) => sql`select * from audit_head for update`);
    let isHere = false;
    const answer = api(MEGAN, '/api/v1/patients').then((response) => {
      isHere = true;
      return response;
    });
    await waitsForALock(database.sql, 'record_audit_events');
    expect(isHere).toBe(false);
    await other.rollBack();
    expect((await answer).status).toBe(200);
  });
});

describe('what is changed', () => {
  it('is recorded before it happens, and how it ended', async () => {
    const answer = await api(MARY, `/api/v1/patients/${PETER}?organizationId=20003`, {
      method: 'PATCH',
      body: JSON.stringify({ telecomPhone: '555' }),
    });
    expect(answer.status).toBe(200);
    expect(await recorded()).toMatchObject([
      { actorId: MARY, action: 'change patient', patients: [PETER], outcome: 'asked' },
      { actorId: MARY, action: 'change patient', patients: [PETER], outcome: 'allowed' },
    ]);
  });

  it('is recorded as refused by who may not', async () => {
    const answer = await api(MARK, `/api/v1/patients/${PETER}`, { method: 'PATCH', body: '{}' });
    expect(answer.status).toBe(403);
    expect((await recorded()).map(({ outcome }) => outcome)).toEqual(['asked', 'refused']);
  });

  it('names who got a role, to the organization', async () => {
    const body = JSON.stringify({ jheUserId: MARK, organizationPartitionerRole: 'viewer' });
    await api(MARY, '/api/v1/organizations/20003/user', { method: 'POST', body });
    const lines = await auditLines(database.sql, { organizationIds: [20003], limit: 1 });
    expect(lines).toMatchObject([{ actorId: MARY, action: 'give role', accountId: MARK }]);
  });
});

describe('sign-in', () => {
  const signIn = async (email: string, password: string) =>
    server.request('/admin/sign-in', {
      ...{ method: 'POST', headers: { origin: SITE_URL } },
      body: new URLSearchParams({ email, password }),
    });
  beforeAll(async () => {
    await setPassword(database.sql, { userId: MEGAN, passwordHash: await hashPassword(PASSWORD) });
  });

  it('is recorded before there is a session, and how it ended', async () => {
    expect((await signIn('member_megan@example.com', PASSWORD)).status).toBe(303);
    expect(await recorded()).toMatchObject([
      { actorKind: 'nobody', action: 'sign in', accountId: MEGAN, outcome: 'asked' },
      { actorKind: 'nobody', action: 'sign in', accountId: MEGAN, outcome: 'allowed' },
    ]);
  });

  it('is recorded when it fails: with the account that was tried, and never with what was typed', async () => {
    await signIn('member_megan@example.com', 'a wrong password');
    await signIn('stranger@example.com', 'a wrong password');
    const lines = await recorded();
    expect(lines).toMatchObject([
      { accountId: MEGAN, outcome: 'refused' },
      { accountId: null, outcome: 'refused' },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/wrong|stranger/);
  });
});

describe('while nothing can be recorded', () => {
  beforeAll(async () => {
    await database.sql`
      create trigger nothing_goes before insert on audit_events for each row execute function refuse_change()`;
  });
  afterAll(async () => {
    await database.sql`drop trigger nothing_goes on audit_events`;
  });

  it.each(['/api/v1/patients', `/api/v1/patients/${PETER}`, '/FHIR/R5/Patient'])(
    '%s answers 503 and nothing of a patient',
    async (path) => {
      const answer = await api(MEGAN, path);
      expect(answer.status).toBe(503);
      expect(await answer.text()).not.toMatch(/Peter|Morris|40001/);
    },
  );

  it.each([
    [PETERS_ACCOUNT, '/ow/manage/my-data.jsonl'],
    [PETERS_ACCOUNT, '/ow/manage'],
    [MARY, '/admin/patients'],
  ])('the page for account %i at %s is one that says so', async (userId, path) => {
    const answer = await page(userId, path);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('content-disposition')).toBeNull();
    expect(await answer.text()).not.toMatch(/Peter|40001|answer"/);
  });

  it('nothing is changed', async () => {
    const answer = await api(MARY, `/api/v1/patients/${PETER}?organizationId=20003`, {
      method: 'PATCH',
      body: JSON.stringify({ telecomPhone: '666' }),
    });
    expect(answer.status).toBe(503);
    const [row] = await database.sql`select telecom_phone from patients where id = ${PETER}`;
    expect(row).toEqual({ telecom_phone: '555' });
  });

  it('nobody gets in: no session is made', async () => {
    const count = async () => (await database.sql`select 1 from sessions`).length;
    const sessions = await count();
    const answer = await server.request('/admin/sign-in', {
      ...{ method: 'POST', headers: { origin: SITE_URL } },
      body: new URLSearchParams({ email: 'member_megan@example.com', password: PASSWORD }),
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await count()).toBe(sessions);
  });

  it('what tells of no patient is still answered', async () => {
    expect((await api(MEGAN, '/api/v1/studies')).status).toBe(200);
    expect((await server.request('/health')).status).toBe(200);
  });
});
