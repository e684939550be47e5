import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type ApiProcess, startApiProcess } from '../../dev/api-process.js';
import { until } from '../../dev/journey/until.js';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { verifyChain } from '../../src/audit/verify.js';
import { createAccessToken } from '../../src/db/access-tokens.js';
import { auditHead } from '../../src/db/audit-events.js';
import { type AuditLine, auditLines } from '../../src/db/audit-search.js';
import { openDatabase, type Sql } from '../../src/db/sql.js';
import { resting } from '../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { uncommitted, waitsForALock } from '../helpers/uncommitted.js';

// Each test starts a process of the service, and ends it by SIGKILL.
vi.setConfig({ testTimeout: 120_000 });

const MANAGER_MARY = 10002;
const PETER = 40001;

let world: TestWorld;
let sql: Sql;
let authorization: string;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  sql = openDatabase(world.config.DATABASE_URL, 4);
  const token = newToken();
  await createAccessToken(sql, {
    ...{ userId: MANAGER_MARY, name: 'test', tokenHash: hashToken(token), validDays: 1, access: 'write' },
  });
  authorization = `Bearer ${token}`;
}, 120_000);
afterAll(async () => {
  await sql.end({ timeout: 5 });
  await world.close();
});

const read = async ({ url }: ApiProcess, path = `/api/v1/patients/${PETER}`) =>
  fetch(`${url}${path}`, { headers: { authorization } });

async function recordedSince(id: number): Promise<AuditLine[]> {
  const lines = await auditLines(sql, { organizationIds: null, limit: 10_000 });
  return lines.filter((line) => line.id > id).reverse();
}

it('killed before the record is written, nothing of the answer has left', async () => {
  const api = await startApiProcess(world);
  const { id } = await auditHead(sql);
  const other = await uncommitted(sql, (connection) => connection`select * from audit_head for update`);
  const answer = read(api).then(
    ({ status }) => `answered ${status}`,
    () => 'nothing came',
  );
  await waitsForALock(sql, 'record_audit_events');
  await api.kill();
  expect(await answer).toBe('nothing came');
  await other.rollBack();
  // What the database was told to record it may still record: more records than answers, never fewer.
  expect((await recordedSince(id)).length).toBeLessThanOrEqual(1);
});

it('killed in the middle of a change, the record says that it was asked for and no end', async () => {
  const api = await startApiProcess(world);
  const { id } = await auditHead(sql);
  const other = await uncommitted(
    sql,
    (connection) => connection`select 1 from patients where id = ${PETER} for update`,
  );
  const answer = fetch(`${api.url}/api/v1/patients/${PETER}?organizationId=20003`, {
    ...{ method: 'PATCH', body: JSON.stringify({ telecomPhone: '555 0199' }) },
    headers: { authorization, 'content-type': 'application/json' },
  }).then(
    ({ status }) => `answered ${status}`,
    () => 'nothing came',
  );
  await waitsForALock(sql, 'patients');
  await api.kill();
  await other.rollBack();
  expect(await answer).toBe('nothing came');
  expect(await recordedSince(id)).toMatchObject([
    { actorId: MANAGER_MARY, action: 'change patient', patients: [PETER], outcome: 'asked' },
  ]);
});

it.each([1, 20, 100])('killed once %i of many answers came, each of them has its record', async (count) => {
  const api = await startApiProcess(world);
  const { id } = await auditHead(sql);
  const answered: string[] = [];
  const whole = async (path: string) => {
    const answer = await read(api, path);
    await answer.text();
    return answer;
  };
  const reader = async (path: string) => {
    for (;;) {
      const answer = await whole(path).catch(() => undefined);
      if (answer === undefined) return;
      expect(answer.status).toBe(200);
      answered.push(answer.headers.get('x-request-id') ?? '');
    }
  };
  const paths = ['/api/v1/patients', `/api/v1/patients/${PETER}`, '/FHIR/R5/Patient', '/api/v1/observations'];
  const readers = paths.map(reader);
  await until('answers came', () => Promise.resolve(answered.length >= count));
  await api.kill();
  await Promise.all(readers);
  const recorded = new Set((await recordedSince(id)).map(({ requestId }) => requestId));
  expect(answered.filter((requestId) => !recorded.has(requestId))).toEqual([]);
  expect((await verifyChain(sql)).broken).toBeNull();
});
