import { type HTMLElement, parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { type AuditEvent, auditHead, recordAuditEvents } from '../../src/db/audit-events.js';
import { type AuditLine, auditLines } from '../../src/db/audit-search.js';
import { createSession } from '../../src/db/sessions.js';
import { seededDatabase, SEEDED_HASH, type TestDatabase } from '../helpers/database.js';
import { serverAlone } from '../helpers/server-alone.js';
import { scannedTables, statementsOf } from '../helpers/statements.js';
import { unguarded } from './unguarded.js';

const SITE_URL = 'http://localhost:8001';
/** Mary manages Lifespan Lab, Mark Neptunian Pulse Lab; Megan is a member of the one, Victor views it. */
const [ADMIN, MARY, MEGAN, VICTOR, TOM, MARK, PETERS_ACCOUNT] = [
  ...[10001, 10002, 10003, 10004, 10005, 10011, 10006],
] as const;
const EVENTS = 5;
const [LIFESPAN, PULSE] = [20003, 20007];
const [PETER, PERCY] = [40001, 40003];

let database: TestDatabase;
let server: ReturnType<typeof serverAlone>['server'];
let reading: ReturnType<typeof serverAlone>['reading'];
const cookies = new Map<number, string>();
beforeAll(async () => {
  database = await seededDatabase();
  const { sql } = database;
  ({ server, reading } = serverAlone(sql, database.url, { SITE_URL, RATE_LIMIT_FACTOR: '1000' }));
  for (const userId of [ADMIN, MARY, MEGAN, VICTOR, MARK, PETERS_ACCOUNT]) {
    const id = newToken();
    await sql`update users set password_hash = ${SEEDED_HASH} where id = ${userId}`;
    await createSession(sql, {
      ...{ idHash: hashToken(id), userId, csrf: newToken(), lifetimeMinutes: 60 },
      passwordHash: SEEDED_HASH,
    });
    cookies.set(userId, `session=${id}`);
  }
  await recordAuditEvents(sql, [
    by(MEGAN, [PETER]),
    by(TOM, [PETER, PERCY]),
    by(TOM, [PERCY]),
    { ...by(MEGAN, []), action: 'sign in', account: MEGAN },
    { actor: { kind: 'service' }, action: 'tidy up', why: 'a test', outcome: 'allowed' },
  ]);
});
afterAll(async () => {
  await reading.close();
  await database.drop();
});

function by(userId: number, patients: readonly number[]): AuditEvent {
  return {
    ...{ actor: { kind: 'practitioner', userId }, action: 'read observations', outcome: 'allowed' },
    ...{ why: 'GET /api/v1/observations', patients },
  };
}

const get = async (userId: number, path: string) =>
  server.request(path, { headers: { cookie: cookies.get(userId) ?? '' } });

/** The rows of the page that tell of the events above, and not of these tests themselves. */
async function listed(userId: number, query = ''): Promise<string[]> {
  const answer = await get(userId, `/admin/audit${query}`);
  expect(answer.status).toBe(200);
  const rows = parse(await answer.text()).querySelectorAll('tbody tr');
  return rows
    .map((row) => row.textContent.replaceAll(/\s+/g, ' '))
    .filter((text) => Number(/of event (\d+)/.exec(text)?.[1]) <= EVENTS);
}

async function newest(): Promise<AuditLine | undefined> {
  const [line] = await auditLines(database.sql, { organizationIds: null, limit: 1 });
  return line;
}

describe('the page of the audit trail', () => {
  it('shows a manager what concerns the own organizations, and of each event only their patients', async () => {
    const rows = await listed(MARY);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain('Sign in');
    expect(rows[1]).toMatch(/Tom.*Read observations.*Done.*40001/);
    expect(rows.join()).not.toContain('40003');
    expect(await listed(MARK)).toHaveLength(2);
    expect((await listed(MARK)).join()).not.toMatch(/40001|Megan/);
  });

  it('shows an operator everything', async () => {
    const rows = await listed(ADMIN);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toContain('The service itself');
    expect(rows.find((row) => row.includes('40001, 40003'))).toBeDefined();
  });

  it.each([
    ['a member', MEGAN],
    ['a viewer', VICTOR],
  ])('is refused to %s, who has no link to it', async (_, userId) => {
    const answer = await get(userId, '/admin/audit');
    expect(answer.status).toBe(403);
    const text = await answer.text();
    expect(text).not.toContain('Read observations');
    expect(text).not.toContain('href="/admin/audit');
    expect(await (await get(userId, `/admin/patients/${PETER}`)).text()).not.toContain('/admin/audit');
  });

  it('is for no patient and for nobody', async () => {
    expect((await get(PETERS_ACCOUNT, '/admin/audit')).status).toBe(303);
    expect((await server.request('/admin/audit')).status).toBe(303);
  });

  it('is narrowed down by patient, account and day', async () => {
    expect(await listed(MARY, `?patient=${PETER}`)).toHaveLength(2);
    expect(await listed(MARY, `?patient=${PERCY}`)).toEqual([]);
    expect(await listed(MARY, `?who=${MEGAN}&patient=&from=&until=`)).toHaveLength(2);
    const today = new Date().toISOString().slice(0, 10);
    expect(await listed(MARY, `?from=${today}&until=${today}`)).toHaveLength(3);
    expect(await listed(MARY, '?until=2020-01-01')).toEqual([]);
  });

  it('lists nothing for a filter that is none, and says so', async () => {
    for (const query of ['?patient=Peter', '?until=yesterday', '?before=-1']) {
      const answer = await get(MARY, `/admin/audit${query}`);
      expect(answer.status, query).toBe(422);
      const page = parse(await answer.text());
      expect(page.querySelector('[role=alert]')?.textContent).toContain('numbers');
      expect(page.querySelectorAll('tbody tr')).toEqual([]);
    }
  });

  it('leads a manager from a patient to who read that patient', async () => {
    const page = await (await get(MARY, `/admin/patients/${PETER}`)).text();
    expect(page).toContain(`href="/admin/audit?patient=${PETER}"`);
  });

  it('is recorded itself, with the patient it was narrowed down to', async () => {
    await get(MARY, '/admin/audit');
    expect(await newest()).toMatchObject({
      ...{ actorId: MARY, action: 'read audit trail', why: 'GET /admin/audit', patients: [] },
    });
    await get(MARY, `/admin/audit?patient=${PETER}`);
    expect(await newest()).toMatchObject({ actorId: MARY, action: 'read audit trail', patients: [PETER] });
    const [line] = await auditLines(database.sql, { organizationIds: [LIFESPAN], limit: 1 });
    expect(line).toMatchObject({ actorId: MARY, action: 'read audit trail' });
  });
});

it('pages follow each other by links, without a gap or a double, and never through the whole trail', async () => {
  const { sql } = database;
  await unguarded(sql, async (own) => {
    const { id } = await auditHead(own);
    await own`insert into audit_events (id, at, actor_kind, actor_id, action, why, outcome, hash)
              select n, clock_timestamp(), 'practitioner', ${TOM}, 'read', 'GET /x', 'allowed', sha256('')
              from generate_series(${id + 1}::int, ${id + 40_000}::int) n`;
    await own`insert into audit_subjects select n, case when n % 300 = 0 then ${PULSE}::int else 20001 end, null
              from generate_series(${id + 1}::int, ${id + 40_000}::int) n`;
    await own`update audit_head set id = id + 40000`;
  });
  await sql`analyze audit_events, audit_subjects`;
  const seen: string[] = [];
  const statements = await statementsOf([reading.sql], async () => {
    let href: string | undefined = '/admin/audit';
    while (href !== undefined) {
      const page: HTMLElement = parse(await (await get(MARK, href)).text());
      seen.push(...page.querySelectorAll('tbody tr summary').map((each) => each.textContent.trim()));
      href = page.querySelector('a[rel=next]')?.getAttribute('href')?.replaceAll('&amp;', '&');
    }
  });
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThan(134);
  expect(statements.some(({ text }) => text.includes('audit_subjects'))).toBe(true);
  for (const statement of statements) {
    const scanned = await scannedTables(sql, statement);
    expect(scanned, statement.text).not.toContain('audit_events');
    expect(scanned, statement.text).not.toContain('audit_subjects');
  }
});
