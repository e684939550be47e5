import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAuditTrail } from '../../src/audit/trail.js';
import { verifyChain } from '../../src/audit/verify.js';
import { type AuditEvent, auditHead, chainedEvents, recordAuditEvents } from '../../src/db/audit-events.js';
import { openDatabase } from '../../src/db/sql.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
  await recordAuditEvents(database.sql, [readOf(40001), readOf(40002)]);
});
afterAll(async () => {
  await database.drop();
});

function readOf(patientId: number): AuditEvent {
  return {
    ...{
      actor: { kind: 'practitioner', userId: 10003 },
      action: 'read patient',
      why: 'GET /admin/patients/:id',
    },
    ...{ outcome: 'allowed', patients: [patientId] },
  };
}

it.each([
  `update audit_events set action = 'nothing' where id = 1`,
  `delete from audit_events where id = 1`,
  `truncate audit_events`,
  `update audit_subjects set patient_id = 40003`,
  `delete from audit_subjects`,
  `truncate audit_subjects`,
  `delete from audit_head`,
  `truncate audit_head`,
])('the database refuses: %s', async (statement) => {
  await expect(database.sql.unsafe(statement)).rejects.toMatchObject({ code: '23001' });
});

it('the chain has one end, and no second one can be made', async () => {
  await expect(database.sql`insert into audit_head (id, hash) values (0, '')`).rejects.toMatchObject({
    constraint_name: 'audit_head_pkey',
  });
});

it('writers in several processes leave no gap and break nothing, also when some of them give up', async () => {
  const before = await auditHead(database.sql);
  const pools = [1, 2, 3].map(() => openDatabase(database.url, 4));
  const givingUp = async (sql: TestDatabase['sql']) =>
    sql.begin(async (transaction) => {
      await transaction`select record_audit_events(${transaction.json([])})`;
      await transaction`select record_audit_events(
        '[{"actorKind": "service", "action": "a", "why": "b", "outcome": "failed"}]')`;
      throw new Error('given up');
    });
  await Promise.all(
    pools.flatMap((sql) => {
      const trail = createAuditTrail(sql);
      const writes = Array.from({ length: 60 }, async (_, n) => trail.record(readOf(40001 + (n % 3))));
      return [...writes, expect(givingUp(sql)).rejects.toThrow('given up')];
    }),
  );
  await Promise.all(pools.map(async (sql) => sql.end()));
  const { events, end, broken } = await verifyChain(database.sql);
  expect({ events, id: end.id, broken }).toEqual({
    events: before.id + 180,
    id: before.id + 180,
    broken: null,
  });
});

it('what a process records at once goes in one statement, in its order, and each learns its own id', async () => {
  const trail = createAuditTrail(database.sql);
  const { id } = await auditHead(database.sql);
  const asked = [40001, 40002, 40003, 40001].map(async (patientId) => trail.record(readOf(patientId)));
  expect(await Promise.all(asked)).toEqual([id + 1, id + 2, id + 3, id + 4]);
  const subjects = (await chainedEvents(database.sql, id, 9)).map(
    ({ fields }) => fields.at(-1)?.split('/')[1],
  );
  expect(subjects).toEqual(['40001', '40002', '40003', '40001']);
});

it('an event that cannot be recorded is told to whoever recorded it, and the next one can', async () => {
  const trail = createAuditTrail(database.sql);
  const wrong = { ...readOf(40001), actor: { kind: 'a stranger' } } as unknown as AuditEvent;
  await expect(trail.record(wrong)).rejects.toMatchObject({ constraint_name: 'audit_events_actor_known' });
  await expect(trail.record(readOf(40001))).resolves.toBeGreaterThan(0);
  expect((await verifyChain(database.sql)).broken).toBeNull();
});
