import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { NamedError } from '../errors.js';
import { only, type Sql } from './sql.js';

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

/** A statement that waits for a lock holds up everybody who comes after it, so it waits a moment, and tries again. */
const LOCK_PATIENCE = '2s';
const TRIES = 60;
const PAUSE_MS = 1_000;
/** Postgres: lock_not_available, deadlock_detected. */
const NOT_NOW: ReadonlySet<string> = new Set(['55P03', '40P01']);

/** Begins a file of one statement that no transaction may hold: an index that is built while others write. */
const CONCURRENTLY = /^-- concurrently\b/;
const INDEX = /\bcreate (?:unique )?index concurrently if not exists (\w+)/;

/**
 * Applies what is missing, in order, each in a transaction of its own where it can be in one. Answers the names applied
 * now. Throws NamedError `TablesBusy` when a table stays locked by others for minutes: nothing of that file is applied.
 */
export async function migrate(sql: Sql, folder: URL): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const connection = await sql.reserve();
  try {
    await becomeTheOne(connection);
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

/** Waits without a statement that is open: an index that is built concurrently waits for those to end. */
async function becomeTheOne(sql: Sql): Promise<void> {
  for (;;) {
    const { mine } = only(
      await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(${MIGRATION_LOCK}) as mine`,
    );
    if (mine) return;
    await pause(PAUSE_MS / 5);
  }
}

async function apply(sql: Sql, migration: Migration): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    try {
      await (CONCURRENTLY.test(migration.text) ? applyAlone(sql, migration) : applyWhole(sql, migration));
      return;
    } catch (thrown) {
      if (!(thrown instanceof postgres.PostgresError && NOT_NOW.has(thrown.code))) throw thrown;
      if (left === 1)
        throw new NamedError(
          'TablesBusy',
          `${migration.name} waits for a table that others hold; nothing of it is applied: run migrate again`,
          { cause: thrown },
        );
    }
    await pause(PAUSE_MS);
  }
}

/** One simple query, so that the whole file and its ledger row commit or fail together. */
async function applyWhole(sql: Sql, { name, checksum, text }: Migration): Promise<void> {
  const quote = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const ledger = `insert into schema_migrations (name, checksum) values (${quote(name)}, ${quote(checksum)})`;
  try {
    await sql
      .unsafe(`begin; set local lock_timeout = '${LOCK_PATIENCE}'; ${text}; ${ledger}; commit;`)
      .simple();
  } catch (thrown) {
    // Else the next statement would fail as well, and hide why.
    await sql`rollback`;
    throw thrown;
  }
}

/** A build that was stopped leaves an index that is never used: it is begun anew. */
async function applyAlone(sql: Sql, { name, checksum, text }: Migration): Promise<void> {
  const index = INDEX.exec(text)?.[1];
  if (index === undefined)
    throw new NamedError('MigrationWrong', `${name} has to be one 'create index concurrently if not exists'`);
  const [broken] = await sql`
    select from pg_index where indexrelid = to_regclass(${index}) and not indisvalid`;
  if (broken !== undefined) await sql`drop index concurrently ${sql(index)}`;
  await sql.unsafe(text).simple();
  await sql`insert into schema_migrations (name, checksum) values (${name}, ${checksum})`;
}
