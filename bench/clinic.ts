import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../dev/servers/postgres.js';
import { migrate } from '../src/db/migrate.js';
import { migrationsFolder } from '../src/db/migrations-folder.js';
import { seed } from '../src/db/seed/seed.js';
import { only, openDatabase, type Sql } from '../src/db/sql.js';
import { type ClinicSize, makeClinicFast } from '../test/helpers/clinic.js';

export interface Clinic {
  readonly sql: Sql;
  readonly url: string;
  readonly patients: readonly number[];
  readonly observations: number;
}

/** Some work over a Postgres of its own that holds a generated clinic; both are gone afterwards. */
export async function withClinic<Result>(
  size: ClinicSize,
  work: (clinic: Clinic) => Promise<Result>,
): Promise<Result> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-bench-'));
  const dataDir = path.join(home, 'postgres');
  const postgres = await startPostgres({ dataDir, persistent: false, say: () => undefined });
  const sql = openDatabase(postgres.url);
  try {
    await migrate(sql, migrationsFolder());
    await seed(sql, { siteUrl: 'http://localhost:8001', passwordHash: 'nobody signs in' });
    const patients = await makeClinicFast(postgres.url, size);
    const counted = await sql<{ count: number }[]>`select count(*) as count from observations`;
    return await work({ sql, url: postgres.url, patients, observations: only(counted).count });
  } finally {
    await sql.end();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  }
}
