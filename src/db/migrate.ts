import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { NamedError } from '../errors.js';
import type { Sql } from './sql.js';

export interface Migration {
  readonly name: string;
  readonly checksum: string;
  readonly text: string;
}

export interface MigrationState {
  readonly name: string;
  readonly appliedAt: Date | null;
}

/** One migrating process at a time; the number is arbitrary and belongs to this project. */
const MIGRATION_LOCK = 7_262_481;

/** Applies what is missing, in order, each in its own transaction. Answers the names applied now. */
export async function migrate(sql: Sql, folder: URL): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const connection = await sql.reserve();
  try {
    await connection`select pg_advisory_lock(${MIGRATION_LOCK})`;
    const applied = await appliedChecksums(connection);
    refuseDrift(migrations, applied);
    const missing = migrations.filter((migration) => !applied.has(migration.name));
    for (const migration of missing) await apply(connection, migration);
    return missing.map((migration) => migration.name);
  } finally {
    await connection`select pg_advisory_unlock(${MIGRATION_LOCK})`;
    connection.release();
  }
}

/** Which migrations stand and which wait. */
export async function migrationStates(sql: Sql, folder: URL): Promise<MigrationState[]> {
  const migrations = await readMigrations(folder);
  const [ledger] = await sql<
    { exists: boolean }[]
  >`select to_regclass('schema_migrations') is not null as exists`;
  const rows = ledger?.exists
    ? await sql<
        { name: string; appliedAt: Date }[]
      >`select name, applied_at as "appliedAt" from schema_migrations`
    : [];
  const appliedAt = new Map(rows.map((row) => [row.name, row.appliedAt]));
  return migrations.map(({ name }) => ({ name, appliedAt: appliedAt.get(name) ?? null }));
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function appliedChecksums(sql: Sql): Promise<Map<string, string>> {
  await sql`
    create table if not exists schema_migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`;
  const rows = await sql<{ name: string; checksum: string }[]>`select name, checksum from schema_migrations`;
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function refuseDrift(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const changed = migrations.find(
    ({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum,
  );
  if (changed) {
    throw new NamedError(
      'MigrationChanged',
      `${changed.name} was changed after it was applied: add a new migration instead`,
    );
  }
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new NamedError(
      'MigrationUnknown',
      `the database has ${unknown}, which this version does not know: it is newer`,
    );
  }
}

/** One simple query, so that the whole file and its ledger row commit or fail together. */
async function apply(sql: Sql, { name, checksum, text }: Migration): Promise<void> {
  const quote = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const ledger = `insert into schema_migrations (name, checksum) values (${quote(name)}, ${quote(checksum)})`;
  try {
    await sql.unsafe(`begin; set local lock_timeout = '10s'; ${text}; ${ledger}; commit;`).simple();
  } catch (thrown) {
    // Else the next statement would fail as well, and hide why.
    await sql`rollback`;
    throw thrown;
  }
}
