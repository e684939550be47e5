import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { migrate } from '../../src/db/migrate.js';
import { migrationsFolder } from '../../src/db/migrations-folder.js';
import { seed } from '../../src/db/seed/seed.js';
import { openDatabase, type Sql } from '../../src/db/sql.js';

export interface TestDatabase {
  readonly url: string;
  readonly sql: Sql;
  /** Throws when statements waited for each other, whether or not somebody tried the refused one again. */
  drop(): Promise<void>;
}

/** An empty database of this file's own. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const cluster = postgres(inject('postgresUrl'), { max: 1, onnotice: () => undefined });
  await cluster`create database ${cluster(name)}`;
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const sql = openDatabase(url.toString());
  return {
    url: url.toString(),
    sql,
    async drop() {
      await sql.end({ timeout: 5 });
      const [told] = await cluster<{ deadlocks: number }[]>`
        select deadlocks::integer from pg_stat_database where datname = ${name}`;
      await cluster`drop database ${cluster(name)} with (force)`;
      await cluster.end({ timeout: 5 });
      if (told?.deadlocks !== 0)
        throw new Error(`${told?.deadlocks ?? 'unknown'} deadlocks in this database`);
    },
  };
}

/** Of every seeded practitioner: fits no password. */
export const SEEDED_HASH = 'nobody signs in';

/** A database with the schema and the starting world. */
export async function seededDatabase(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  await migrate(database.sql, migrationsFolder());
  await seed(database.sql, { siteUrl: 'http://localhost:8001', passwordHash: SEEDED_HASH });
  return database;
}
