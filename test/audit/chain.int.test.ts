import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/audit/verify.js';
import { acknowledgeBreak } from '../../src/db/audit-checks.js';
import { type AuditEvent, auditHead, recordAuditEvents } from '../../src/db/audit-events.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { unguarded } from './unguarded.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
});
afterAll(async () => {
  await database.drop();
});

const READ: AuditEvent = {
  actor: { kind: 'practitioner', userId: 10001 },
  action: 'read observations',
  why: 'GET /api/v1/observations',
  outcome: 'allowed',
  patients: [40001, 40002],
  requestId: '0d3a1c52-6f0e-4d3e-9d37-5a4f6c9b1e20',
  address: '2001:db8::1',
};
const SIGN_IN: AuditEvent = {
  ...{ actor: { kind: 'nobody' }, action: 'sign in', why: 'POST /admin/sign-in', outcome: 'refused' },
  patients: [],
  account: 10001,
};
const EVENTS = 6;

/** Six events; the fourth is the one that is tampered with. */
beforeEach(async () => {
  await unguarded(database.sql, async (sql) => {
    await sql`truncate audit_events, audit_subjects, audit_checks, audit_acknowledgements`;
    await sql`update audit_head set id = 0, hash = decode(repeat('00', 32), 'hex')`;
  });
  await recordAuditEvents(database.sql, [READ, SIGN_IN]);
  await recordAuditEvents(database.sql, [SIGN_IN]);
  await recordAuditEvents(database.sql, [{ ...READ, address: null, why: 'ünï, 3:x,-' }, READ, SIGN_IN]);
});

it('is whole as it was written, whatever the texts hold', async () => {
  const { events, end, broken } = await verifyChain(database.sql);
  expect({ events, id: end.id, broken }).toEqual({ events: EVENTS, id: EVENTS, broken: null });
});

describe.each([
  ['its action', (sql) => sql`update audit_events set action = 'nothing' where id = 4`],
  ['its actor', (sql) => sql`update audit_events set actor_id = 10002 where id = 4`],
  ['its account', (sql) => sql`update audit_events set account_id = 10001 where id = 4`],
  ['its time', (sql) => sql`update audit_events set at = at + interval '1 microsecond' where id = 4`],
  ['its outcome', (sql) => sql`update audit_events set outcome = 'refused' where id = 4`],
  ['a patient in it', (sql) => sql`update audit_subjects set patient_id = 40009 where event_id = 4`],
  ['a patient taken out', (sql) => sql`delete from audit_subjects where event_id = 4 and patient_id = 40001`],
  ['an organization added', (sql) => sql`insert into audit_subjects values (4, 20001, null)`],
  ['a text moved into the next', (sql) => sql`update audit_events set action = action || ',' where id = 4`],
] satisfies [string, Tampering][])('a change of %s', (_, tamper) => {
  it('is found, and the event is named', async () => {
    await unguarded(database.sql, tamper);
    expect((await verifyChain(database.sql)).broken).toEqual({ id: 4, why: 'changed' });
  });
});

type Tampering = Parameters<typeof unguarded>[1];

it.each<[string, Tampering, object]>([
  ['a deleted event', (sql) => sql`delete from audit_events where id = 4`, { id: 4, why: 'missing' }],
  ['a deleted end', (sql) => sql`delete from audit_events where id > 4`, { id: 5, why: 'missing' }],
  [
    'events in another order',
    (sql) =>
      sql`update audit_events set id = case id when 4 then 1005 else 1004 end where id in (4, 5);
                 update audit_events set id = id - 1000 where id > 1000`.simple(),
    { id: 4, why: 'changed' },
  ],
  [
    'an event that was inserted past the chain',
    (
      sql,
    ) => sql`insert into audit_events select id + 1, at, actor_kind, actor_id, action, why, outcome, account_id,
                 request_id, address, hash from audit_events where id = 6`,
    { id: 7, why: 'not appended' },
  ],
  [
    'a head that was set back',
    (sql) => sql`update audit_head set id = 3, hash = (select hash from audit_events where id = 3)`,
    { id: 4, why: 'not appended' },
  ],
  ['another head', (sql) => sql`update audit_head set hash = sha256('')`, { id: 6, why: 'changed' }],
])('%s is found', async (_, tamper, expected) => {
  await unguarded(database.sql, tamper);
  expect((await verifyChain(database.sql)).broken).toEqual(expected);
});

it('a chain that was written anew is whole by itself, and found by a place noted elsewhere', async () => {
  const noted = await auditHead(database.sql);
  await unguarded(database.sql, async (sql) => {
    await sql`delete from audit_events where id > 3`;
    await sql`delete from audit_subjects where event_id > 3`;
    await sql`update audit_head set id = 3, hash = (select hash from audit_events where id = 3)`;
  });
  expect((await verifyChain(database.sql, { noted })).broken).toEqual({ id: 4, why: 'missing' });
  await recordAuditEvents(database.sql, [READ, SIGN_IN, READ]);
  expect((await verifyChain(database.sql)).broken).toBeNull();
  expect((await verifyChain(database.sql, { noted })).broken).toEqual({ id: 6, why: 'not as noted' });
});

describe('a break that somebody looked into', () => {
  const acknowledge = async (brokenAt: number) =>
    acknowledgeBreak(database.sql, { brokenAt, note: 'a restore that was not whole', by: 10001 });

  it.each<[string, Tampering, number]>([
    ['a changed event', (sql) => sql`update audit_events set action = 'nothing' where id = 4`, 4],
    ['missing events', (sql) => sql`delete from audit_events where id in (3, 4)`, 5],
  ])('%s: the check goes on behind it, and finds the next one', async (_, tamper, goesOnAt) => {
    await unguarded(database.sql, tamper);
    const { broken } = await verifyChain(database.sql);
    expect(await acknowledge(broken?.id ?? 0)).toBe(goesOnAt);
    await recordAuditEvents(database.sql, [READ]);
    expect((await verifyChain(database.sql)).broken).toBeNull();
    await unguarded(database.sql, (sql) => sql`update audit_events set action = 'nothing' where id = 7`);
    expect((await verifyChain(database.sql)).broken).toEqual({ id: 7, why: 'changed' });
  });

  it('is not acknowledged for what is changed there afterwards, and the acknowledgement stays', async () => {
    await unguarded(database.sql, (sql) => sql`delete from audit_events where id in (3, 4)`);
    await acknowledge(3);
    await unguarded(database.sql, (sql) => sql`delete from audit_events where id = 5`);
    expect((await verifyChain(database.sql)).broken).toEqual({ id: 3, why: 'missing' });
    await expect(database.sql`delete from audit_acknowledgements`).rejects.toMatchObject({ code: '23001' });
  });
});
