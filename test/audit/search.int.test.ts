import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AuditEvent, recordAuditEvents } from '../../src/db/audit-events.js';
import { auditLines, type AuditSearch } from '../../src/db/audit-search.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { unguarded } from './unguarded.js';
import { readIndexes, scannedTables, statementsOf } from '../helpers/statements.js';

const [LIFESPAN, PULSE, COSMIC] = [20003, 20007, 20008];
const [MEGAN, TOM] = [10003, 10005];
/** Peter belongs to Lifespan Lab, Percy to Neptunian Pulse Lab. */
const [PETER, PERCY] = [40001, 40003];

let database: TestDatabase;
let firstDay: Date;
beforeAll(async () => {
  database = await seededDatabase();
  const { sql } = database;
  await recordAuditEvents(sql, [by(MEGAN, [PETER]), by(TOM, [PETER, PERCY]), by(TOM, [PERCY])]);
  // A Date knows no microseconds: what was just recorded may be later than it says.
  await pause(2);
  firstDay = new Date();
  await sql`update organization_patients set organization_id = ${COSMIC} where patient_id = ${PETER}`;
  const [, , asked] = await recordAuditEvents(sql, [
    by(TOM, [PETER]),
    { ...by(TOM, []), action: 'change organization', organizations: [PULSE] },
    { ...by(TOM, [PERCY]), outcome: 'asked' },
    { ...by(MEGAN, []), action: 'sign in', account: MEGAN },
  ]);
  await sql`delete from organization_patients where patient_id = ${PERCY}`;
  await recordAuditEvents(sql, [{ ...by(TOM, [PERCY]), after: asked ?? null }]);
});
afterAll(async () => {
  await database.drop();
});

function by(userId: number, patients: readonly number[]): AuditEvent {
  return {
    ...{ actor: { kind: 'practitioner', userId }, action: 'read observations', why: 'GET /x' },
    ...{ outcome: 'allowed', patients },
  };
}

async function found(search: Partial<AuditSearch>): Promise<[number, readonly number[]][]> {
  const lines = await auditLines(database.sql, { organizationIds: null, limit: 50, ...search });
  return lines.map(({ id, patients }) => [id, patients]);
}

it('a manager sees what concerns the own organization, and of a list of patients only those of it', async () => {
  expect(await found({ organizationIds: [LIFESPAN] })).toEqual([
    [7, []],
    [2, [PETER]],
    [1, [PETER]],
  ]);
  expect(await found({ organizationIds: [PULSE] })).toEqual([
    [8, [PERCY]],
    [6, [PERCY]],
    [5, []],
    [3, [PERCY]],
    [2, [PERCY]],
  ]);
  expect(await found({ organizationIds: [] })).toEqual([]);
});

it('a patient that moved takes nothing along: each organization keeps what happened while it was theirs', async () => {
  expect(await found({ organizationIds: [COSMIC] })).toEqual([[4, [PETER]]]);
  expect(await found({ organizationIds: [COSMIC], patientId: PETER })).toEqual([[4, [PETER]]]);
  expect(await found({ organizationIds: [LIFESPAN], patientId: PETER })).toHaveLength(2);
});

it('what was done to a patient that is not there any more stays with the organization it belonged to', async () => {
  expect((await found({ organizationIds: [PULSE], limit: 1 }))[0]).toEqual([8, [PERCY]]);
});

it('an operator sees everything, and anybody narrows it down by patient, account and time', async () => {
  expect(await found({})).toHaveLength(8);
  expect((await found({ patientId: PERCY })).map(([id]) => id)).toEqual([8, 6, 3, 2]);
  expect((await found({ actorId: MEGAN })).map(([id]) => id)).toEqual([7, 1]);
  expect((await found({ actorId: TOM, organizationIds: [LIFESPAN] })).map(([id]) => id)).toEqual([2]);
  expect((await found({ actorId: TOM, patientId: PETER })).map(([id]) => id)).toEqual([4, 2]);
  expect((await found({ until: firstDay })).map(([id]) => id)).toEqual([3, 2, 1]);
  expect((await found({ from: firstDay, organizationIds: [LIFESPAN] })).map(([id]) => id)).toEqual([7]);
  expect(await found({ from: new Date(Date.now() + 60_000) })).toEqual([]);
});

it('pages follow each other without a gap or a double', async () => {
  const seen: number[] = [];
  for (let before: number | null = null; ; before = seen.at(-1) ?? null) {
    const page = await found({ organizationIds: [LIFESPAN, PULSE], before, limit: 2 });
    if (page.length === 0) break;
    seen.push(...page.map(([id]) => id));
  }
  expect(seen.slice(-7)).toEqual([8, 7, 6, 5, 3, 2, 1]);
  expect(new Set(seen).size).toBe(seen.length);
});

it('an event names who acted as long as the account is there', async () => {
  const [line] = await auditLines(database.sql, { organizationIds: null, actorId: MEGAN, limit: 1 });
  expect(line).toMatchObject({
    actorName: 'MemberMegan Moore',
    accountId: MEGAN,
    accountName: 'MemberMegan Moore',
  });
});

it('an event concerns whom it names by an account, a study or an invitation', async () => {
  const { sql } = database;
  const [invitation] = await sql<{ id: number }[]>`
    insert into invitations (patient_id, client_id, token_hash, issued_by, expires_at)
    select ${PETER}, min(id), sha256('t'), ${MEGAN}, now() from clients returning id`;
  const about = async (subjects: Partial<AuditEvent>, organizationId: number) => {
    const [id] = await recordAuditEvents(sql, [{ ...by(MEGAN, []), ...subjects }]);
    const [line] = await found({ organizationIds: [organizationId], limit: 1 });
    return line?.[0] === id ? line?.[1] : 'nobody';
  };
  const [account] = await sql<{ id: number }[]>`select user_id as id from patients where id = ${PETER}`;
  expect(await about({ account: account?.id ?? 0 }, COSMIC)).toEqual([PETER]);
  expect(await about({ invitations: [invitation?.id ?? 0] }, COSMIC)).toEqual([PETER]);
  expect(await about({ studies: [30001] }, LIFESPAN)).toEqual([]);
  expect(await about({ studies: [30001] }, COSMIC)).toBe('nobody');
});

it('no way in reads the trail from end to end', async () => {
  await unguarded(database.sql, async (sql) => {
    await sql`insert into audit_events (id, at, actor_kind, actor_id, action, why, outcome, hash)
              select n, clock_timestamp(), 'practitioner', 10001 + n % 50,
                     'read', 'GET /x', 'allowed', sha256('') from generate_series(100, 60000) n`;
    await sql`insert into audit_subjects select n, 20001 + n % 100, 40001 + n % 200 from generate_series(100, 60000) n`;
  });
  await database.sql`analyze audit_events, audit_subjects`;
  const ways: Record<string, [Partial<AuditSearch>, string]> = {
    everything: [{}, 'audit_events_pkey'],
    'of organizations': [{ organizationIds: [PULSE, LIFESPAN] }, 'audit_subjects_by_organization'],
    'of a patient': [{ organizationIds: [PULSE], patientId: PERCY }, 'audit_subjects_by_patient'],
    'of an account': [{ organizationIds: [PULSE], actorId: TOM }, 'audit_events_by_actor'],
    'of a day': [{ from: firstDay, until: new Date() }, 'audit_events_by_time'],
  };
  for (const [way, [search, index]] of Object.entries(ways)) {
    const statements = await statementsOf([database.sql], async () => {
      await found(search);
    });
    for (const statement of statements) {
      expect(await scannedTables(database.sql, statement), way).not.toContain('audit_events');
      expect(await scannedTables(database.sql, statement), way).not.toContain('audit_subjects');
      expect(await readIndexes(database.sql, statement), way).toContain(index);
    }
  }
});
