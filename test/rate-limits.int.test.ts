import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEvents } from '../src/events.js';
import { createLogger } from '../src/logger.js';
import { openDatabase } from '../src/db/sql.js';
import { createRateLimits, TooMany, type RateLimits } from '../src/rate-limits.js';
import { createMetrics } from '../src/telemetry.js';
import { seededDatabase, type TestDatabase } from './helpers/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
});
afterAll(async () => {
  await database.drop();
});

const events = createEvents(createLogger({ level: 'silent' }), createMetrics({ processMetrics: false }));
const limitsOver = (sql = database.sql, RATE_LIMIT_FACTOR = 1) =>
  createRateLimits(sql, { RATE_LIMIT_FACTOR }, events);

async function taken(times: number, ...sides: readonly RateLimits[]): Promise<number> {
  const who = `${times} of ${sides.length}`;
  const asked = Array.from({ length: times }, async (_, at) => sides[at % sides.length]?.take('export', who));
  const answers = await Promise.allSettled(asked);
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(TooMany);
  return answers.filter(({ status }) => status === 'fulfilled').length;
}

it('so many are allowed and no more, asked for at once', async () => {
  expect(await taken(40, limitsOver())).toBe(10);
});

it('all processes share the count', async () => {
  const other = openDatabase(database.url, 4);
  expect(await taken(60, limitsOver(), limitsOver(other))).toBe(10);
  await other.end({ timeout: 5 });
});

it('says how long to wait', async () => {
  const limits = limitsOver(database.sql, 0.1);
  await limits.take('export', 'who waits');
  const refusal: unknown = await limits.take('export', 'who waits').catch((thrown: unknown) => thrown);
  expect(refusal).toBeInstanceOf(TooMany);
  if (refusal instanceof TooMany) {
    expect(refusal.retryAfterSeconds).toBeGreaterThan(3500);
    expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(3600);
  }
});

it('counts each limit and each asker for itself, and what was in order not at all', async () => {
  const limits = limitsOver(database.sql, 0.1);
  await limits.take('export', 'one');
  await limits.take('export', 'another');
  await limits.take('sign-in of an account', 'one');
  await limits.giveBack('sign-in of an account', 'one');
  await limits.take('sign-in of an account', 'one');
});

it('begins anew when the time is over', async () => {
  const limits = limitsOver(database.sql, 0.1);
  await limits.take('export', 'later');
  await database.sql`update rate_limits set expire = extract(epoch from now()) * 1000 - 1`;
  await limits.take('export', 'later');
});

it('keeps no address and no name', async () => {
  await limitsOver().take('sign-in of an account', '203.0.113.7 planted@example.org');
  const rows = await database.sql<{ row: string }[]>`select rate_limits::text as row from rate_limits`;
  expect(rows.map(({ row }) => row).join('')).not.toMatch(/planted|203\.0/);
});
