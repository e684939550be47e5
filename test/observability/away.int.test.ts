import { afterAll, beforeAll, expect, it } from 'vitest';
import { Registry } from 'prom-client';
import { freePort } from '../../dev/servers/ports.js';
import { openDatabase } from '../../src/db/sql.js';
import { figuresOf } from '../../src/db/figures.js';
import { createHealth } from '../../src/health/health.js';
import { showInstallation } from '../../src/installation-metrics.js';
import { emptyDatabase } from '../helpers/database.js';
import { migrate } from '../../src/db/migrate.js';
import { migrationsFolder } from '../../src/db/migrations-folder.js';
import { scrapedOf } from './scrape.js';

let database: Awaited<ReturnType<typeof emptyDatabase>>;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(async () => {
  await database.drop();
});

const away = () => Promise.reject(new Error('away'));

it('with the database and Temporal away a scrape says so, at once, and shows no figure that nobody knows', async () => {
  const sql = openDatabase(`postgres://nobody:secret@127.0.0.1:${await freePort()}/nothing`);
  const health = createHealth({
    ...{ sql, settings: { read: away } as never, openWearables: away },
    ...{ orchestration: { nudge: away }, oversight: { schedules: away, worker: away } },
  });
  const registry = new Registry();
  showInstallation(registry, { sql, health });
  const begun = performance.now();
  const scraped = scrapedOf(await registry.metrics());
  expect(performance.now() - begun).toBeLessThan(5_000);
  const condition = (name: string) => scraped.sum('wearable_exchange_condition', { condition: name });
  expect([condition('database-away'), condition('temporal-away'), condition('schema-behind')]).toEqual([
    1, 1, 0,
  ]);
  for (const name of ['cursor_lag_seconds', 'poll_age_seconds', 'due_patients', 'dead_letters_open'])
    expect(scraped.of(`wearable_exchange_${name}`), name).toEqual([]);
  await sql.end();
});

it('the lag of one patient among 50,000 is found without a look at the others', async () => {
  const sql = openDatabase(database.url, 1);
  await migrate(sql, migrationsFolder());
  await sql.begin(async (transaction) => {
    // Nobody is enrolled for this: rows without their patients.
    await transaction`set local session_replication_role = replica`;
    await transaction`
      insert into patient_sync (patient_id, outcome, poll_id, polled_at)
      select n, case when n % 3 = 0 then 'not connected' else 'nothing new' end, 'p', now() - make_interval(secs => n % 3600)
      from generate_series(1, 50000) n`;
    await transaction`
      insert into cursors (patient_id, series, covered_from, covered_to)
      select n, 'heart_rate', now() - interval '9 days',
             case when n % 3 = 0 then now() - interval '8 days' else now() - make_interval(secs => n % 3600) end
      from generate_series(1, 50000) n`;
    await transaction`
      update patient_sync set outcome = 'could not read', outcome_since = now() - interval '3 hours' where patient_id = 1234`;
    await transaction`update cursors set covered_to = now() - interval '3 hours' where patient_id = 1234`;
  });
  await sql`analyze patient_sync`;
  await sql`analyze cursors`;
  const { cursorLag } = await figuresOf(sql);
  expect(Math.round((cursorLag ?? 0) / 60)).toBe(180);
  await sql`select pg_stat_force_next_flush()`;
  const [{ scans } = { scans: 0 }] = await sql<{ scans: number }[]>`
    select idx_tup_read as scans from pg_stat_user_indexes where indexrelname = 'patient_sync_longest_unread'`;
  expect(scans).toBeGreaterThan(0);
  expect(scans).toBeLessThan(1_000);
  await sql.end();
});
