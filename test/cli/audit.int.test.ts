import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { recordAuditEvents } from '../../src/db/audit-events.js';
import { unguarded } from '../audit/unguarded.js';
import { command } from '../helpers/command.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
  const read = { why: 'GET /api/v1/observations', action: 'read observations', outcome: 'allowed' } as const;
  await recordAuditEvents(database.sql, [
    { ...read, actor: { kind: 'practitioner', userId: 10002 }, patients: [40001, 40002] },
    { ...read, actor: { kind: 'patient', userId: 10006 }, patients: [40001] },
    { ...read, actor: { kind: 'command line', userId: null }, patients: [40002] },
  ]);
});
afterAll(async () => {
  await database.drop();
});

const audit = (...words: readonly string[]) =>
  command(
    {
      environment: {
        DATABASE_URL: database.url,
        TEMPORAL_ADDRESS: '127.0.0.1:1',
        SECRET_KEY: 'a key of this test and nothing else',
      },
    },
    ...['audit', ...words],
  );

it('the list tells who read what, the newest first, by ids', async () => {
  const { code, lines } = await audit('list');
  expect(code).toBe(0);
  expect(lines[0]).toMatch(/^id +when +who +what +outcome +patients +through$/);
  expect(
    lines.slice(1).map((line) => line.replace(/\d{4}-\S+ \S+ UTC/, 'TIME').replaceAll(/ {2,}/g, ' | ')),
  ).toEqual([
    '3 | TIME | command line | read observations | allowed | 40002 | GET /api/v1/observations',
    '2 | TIME | patient 10006 | read observations | allowed | 40001 | GET /api/v1/observations',
    '1 | TIME | practitioner 10002 | read observations | allowed | 40001, 40002 | GET /api/v1/observations',
  ]);
});

it('the list is narrowed down by patient, account and time, and goes on page by page', async () => {
  const idsOf = async (...words: readonly string[]) => {
    const { lines } = await audit('list', '--json', ...words);
    const { events, next } = JSON.parse(lines.join('\n')) as {
      events: { id: number }[];
      next: number | null;
    };
    return [events.map(({ id }) => id), next];
  };
  expect(await idsOf('--patient', '40001')).toEqual([[2, 1], null]);
  expect(await idsOf('--actor', 'manager_mary@example.com')).toEqual([[1], null]);
  expect(await idsOf('--since', '2100-01-01')).toEqual([[], null]);
  // From the fourth on they tell of these very looks.
  expect(await idsOf('--limit', '2', '--before', '4')).toEqual([[3, 2], 2]);
  expect(await idsOf('--limit', '2', '--before', '2')).toEqual([[1], null]);
  expect(await audit('list', '--since', 'yesterday')).toMatchObject({ code: 2 });
});

it('verify ends with 0 and tells where the chain ends, and with 1 and names the first event that is wrong', async () => {
  const whole = await audit('verify');
  expect(whole).toMatchObject({
    code: 0,
    lines: [
      expect.stringMatching(/^\d+ events, all as they were appended\.$/),
      expect.stringMatching(/ \d+:[0-9a-f]{64}$/),
    ],
  });
  const noted = whole.lines[1]?.split(' ').at(-1) ?? '';
  expect(await audit('verify', '--noted', noted)).toMatchObject({ code: 0 });
  expect(await audit('verify', '--noted', `2:${noted.split(':')[1] ?? ''}`)).toMatchObject({
    code: 1,
    lines: ['The audit trail is broken at event 2: it has another hash than was noted.'],
  });
  await unguarded(database.sql, (sql) => sql`update audit_events set actor_id = 10003 where id = 2`);
  expect(await audit('verify')).toMatchObject({
    code: 1,
    lines: ['The audit trail is broken at event 2: it is not as it was appended.'],
  });
  const { code, lines } = await audit('verify', '--json');
  expect({ code, told: JSON.parse(lines.join('\n')) as object }).toMatchObject({
    code: 1,
    told: { isWhole: false, broken: { id: 2, why: 'changed' } },
  });
});
