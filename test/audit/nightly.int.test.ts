import { CancelledFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditCheckActivities } from '../../src/activities/check-audit.js';
import { auditStanding } from '../../src/db/audit-checks.js';
import { type AuditEvent, auditHead, recordAuditEvents } from '../../src/db/audit-events.js';
import { createEvents, type Events } from '../../src/events.js';
import { createLogger } from '../../src/logger.js';
import { createMetrics } from '../../src/telemetry.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { unguarded } from './unguarded.js';

const READ: AuditEvent = {
  ...{ actor: { kind: 'practitioner', userId: 10003 }, action: 'read patient', outcome: 'allowed' },
  ...{ why: 'GET /api/v1/patients/:id', patients: [40001] },
};

let database: TestDatabase;
let metrics: Registry;
let events: Events;
let lines: string[];
beforeAll(async () => {
  database = await seededDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** Six events and nothing checked. */
beforeEach(async () => {
  lines = [];
  const logger = createLogger({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
  metrics = createMetrics({ processMetrics: false });
  events = createEvents(logger, metrics);
  await unguarded(database.sql, async (sql) => {
    await sql`truncate audit_events, audit_subjects, audit_checks`;
    await sql`update audit_head set id = 0, hash = decode(repeat('00', 32), 'hex')`;
  });
  await recordAuditEvents(database.sql, [READ, READ, READ, READ, READ, READ]);
});

/** What a night does. */
async function check(environment = new MockActivityEnvironment()) {
  const activities = auditCheckActivities({ sql: database.sql, events });
  return environment.run(() => activities.checkAuditTrail());
}

async function counted(outcome: string): Promise<number> {
  const metric = await metrics.getSingleMetric('wearable_exchange_audit_checks_total')?.get();
  return metric?.values.find(({ labels }) => labels['outcome'] === outcome)?.value ?? 0;
}

it('a trail that nobody touched is remembered as whole, with its end in the log', async () => {
  expect(await check()).toEqual({ events: 6, brokenAt: null });
  expect(await auditStanding(database.sql)).toMatchObject({ events: 6, broken: null });
  const { hash } = await auditHead(database.sql);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    ...{ level: 'info', event: 'audit trail checked', events: 6, end: `6:${hash.toString('hex')}` },
  });
  expect([await counted('whole'), await counted('broken')]).toEqual([1, 0]);
});

describe('after a night in which it was whole', () => {
  beforeEach(async () => {
    await check();
    lines = [];
  });

  it.each<[string, Parameters<typeof unguarded>[1], { id: number; why: string }]>([
    [
      'a changed event',
      (sql) => sql`update audit_events set action = 'nothing' where id = 4`,
      { id: 4, why: 'changed' },
    ],
    ['a removed event', (sql) => sql`delete from audit_events where id = 4`, { id: 4, why: 'missing' }],
    [
      'a patient taken out of an event',
      (sql) => sql`delete from audit_subjects where event_id = 4`,
      { id: 4, why: 'changed' },
    ],
    [
      'a head that was set back',
      (sql) => sql`update audit_head set id = 3, hash = (select hash from audit_events where id = 3)`,
      { id: 4, why: 'not appended' },
    ],
    [
      'a shortened trail, with the head to fit',
      async (sql) => {
        await sql`delete from audit_events where id > 3`;
        await sql`delete from audit_subjects where event_id > 3`;
        await sql`update audit_head set id = 3, hash = (select hash from audit_events where id = 3)`;
      },
      { id: 4, why: 'missing' },
    ],
  ])('%s is found by the next one, and told as an error', async (_, tamper, broken) => {
    await unguarded(database.sql, tamper);
    expect(await check()).toEqual({ events: broken.id - 1, brokenAt: broken.id });
    expect((await auditStanding(database.sql)).broken).toEqual(broken);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      ...{ level: 'error', event: 'audit trail broken', brokenAt: broken.id, why: broken.why },
    });
    expect(await counted('broken')).toBe(1);
  });

  it('a trail that was written anew, whole by itself, is not what was noted that night', async () => {
    await unguarded(database.sql, async (sql) => {
      await sql`delete from audit_events where id > 3`;
      await sql`delete from audit_subjects where event_id > 3`;
      await sql`update audit_head set id = 3, hash = (select hash from audit_events where id = 3)`;
    });
    await recordAuditEvents(database.sql, [READ, READ, READ, READ]);
    await check();
    expect((await auditStanding(database.sql)).broken).toEqual({ id: 6, why: 'not as noted' });
  });

  it('a break stays told night after night, whatever is appended, until the event is as it was', async () => {
    const setAction = async (action: string) =>
      unguarded(database.sql, (sql) => sql`update audit_events set action = ${action} where id = 2`);
    await setAction('nothing');
    for (let night = 0; night < 2; night += 1) {
      await check();
      await recordAuditEvents(database.sql, [READ]);
      expect((await auditStanding(database.sql)).broken).toEqual({ id: 2, why: 'changed' });
    }
    await setAction(READ.action);
    expect(await check()).toEqual({ events: 8, brokenAt: null });
    expect((await auditStanding(database.sql)).broken).toBeNull();
  });
});

it('the check tells how far it is, ends with its worker, and remembers nothing then', async () => {
  const environment = new MockActivityEnvironment();
  const marks: unknown[] = [];
  environment.on('heartbeat', (mark: unknown) => {
    marks.push(mark);
  });
  await check(environment);
  expect(marks).toEqual([6]);
  const stopping = new MockActivityEnvironment();
  stopping.cancel();
  await expect(check(stopping)).rejects.toThrow(CancelledFailure);
  expect(await database.sql`select 1 from audit_checks`).toHaveLength(1);
});
