import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../dev/servers/postgres.js';
import { migrate } from '../src/db/migrate.js';
import { migrationsFolder } from '../src/db/migrations-folder.js';
import { seed } from '../src/db/seed/seed.js';
import { openDatabase, type Sql } from '../src/db/sql.js';
import { CLINIC, makeClinic } from '../test/helpers/clinic.js';
import { scannedTables, staffPages, staffServer } from '../test/helpers/staff-server.js';

const ROUNDS = 60;
const PROMISED_MS = 150;
/** 1,800 of the patients have data: with 28 observations on each of 105 days, less the empty ones, five million. */
const SIZE = { patients: 2_000, days: 105, heartRatesADay: 27 };

/** How long the server takes for each list and page of the staff, with 2,000 patients and 5 million observations. */
export async function benchPages() {
  const home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-bench-'));
  const dataDir = path.join(home, 'postgres');
  const postgres = await startPostgres({ dataDir, persistent: false, say: () => undefined });
  const sql = openDatabase(postgres.url);
  try {
    await migrate(sql, migrationsFolder());
    await seed(sql, { siteUrl: 'http://localhost:8001', passwordHash: 'nobody signs in' });
    const patients = await makeClinic(sql, SIZE);
    return await measurePages(sql, postgres.url, patients);
  } finally {
    await sql.end();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  }
}

async function measurePages(sql: Sql, url: string, patients: readonly number[]) {
  const [{ count } = { count: 0 }] = await sql<
    { count: number }[]
  >`select count(*) as count from observations`;
  const server = await staffServer(sql, url);
  const rates: Record<string, { readonly median: number; readonly p95: number }> = {};
  for (const [name, addresses] of Object.entries(staffPages(CLINIC.studyId, patients))) {
    // The first ones warm up.
    await server.serve(5, addresses);
    const { milliseconds, statements } = await server.serve(ROUNDS, addresses);
    for (const statement of statements) {
      const scanned = await scannedTables(sql, statement);
      if (scanned.includes('observations'))
        throw new Error(`${name} reads all observations: ${statement.text}`);
    }
    rates[name] = timesOf(milliseconds);
  }
  const share = (p95: number) => p95 / PROMISED_MS;
  return {
    name: 'pages',
    unit: `ms of the server, ${patients.length} patients and ${count.toLocaleString('en')} observations`,
    rates,
    ratios: Object.fromEntries(
      Object.entries(rates).map(([name, { p95 }]) => [`${name}: p95 to 150 ms`, share(p95)]),
    ),
  };
}

function timesOf(milliseconds: readonly number[]) {
  const sorted = [...milliseconds].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}
