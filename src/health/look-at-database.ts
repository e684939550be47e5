import { auditStanding } from '../db/audit-checks.js';
import { openDeadLetters } from '../db/dead-letters.js';
import { checkWrite, connectedAmong, failuresByKind, letterPace, providerConnections } from '../db/health.js';
import { migrationStates } from '../db/migrate.js';
import { migrationsFolder } from '../db/migrations-folder.js';
import type { Sql } from '../db/sql.js';
import { missingRawSettings } from '../raw-payloads/access.js';
import type { Settings } from '../settings.js';
import type { HealthFacts } from './facts.js';

const PATIENCE_MS = 5_000;
/** Postgres: undefined_table, when the schema is behind. */
const NO_TABLE = '42P01';
/** Postgres: read_only_sql_transaction, disk_full, insufficient_privilege. */
const NO_WRITES: readonly unknown[] = ['25006', '53100', '42501'];

export type DatabaseLook = HealthFacts['database'];

/** Whether the database answers and takes writes; never throws. */
export async function lookAtDatabase(sql: Sql): Promise<DatabaseLook> {
  const started = performance.now();
  try {
    const waitingMigrations = await within(waiting(sql));
    const takesWrites = await within(checkWrite(sql)).then(() => true, mayWrite);
    const ms = Math.round(performance.now() - started);
    return { state: takesWrites ? 'takes writes' : 'read-only', waitingMigrations, ms };
  } catch {
    return { state: 'away', waitingMigrations: 0, ms: 0 };
  }
}

/** Dead letters, connections, patients who could not be read, and what the newest check of the audit trail found. */
export async function lookAtRecords(sql: Sql) {
  const [open, pace, providers, notRead, audit] = await Promise.all([
    openDeadLetters(sql),
    letterPace(sql),
    providerConnections(sql),
    failuresByKind(sql),
    auditStanding(sql),
  ]);
  return { letters: { open, ...pace }, providers, notRead, audit };
}

/** Patients of whom an active connection is remembered although none of theirs is active at Open Wearables. */
export async function unnoticedLosses(sql: Sql, owUserIds: readonly string[]): Promise<number[]> {
  return owUserIds.length === 0 ? [] : connectedAmong(sql, owUserIds);
}

export function readingOf(settings: Settings): HealthFacts['reading'] {
  const mode = settings['ow.ingest_mode'];
  const missing = mode === 'raw' ? (missingRawSettings(settings) ?? null) : null;
  return { isOn: settings['module.ow'], mode, missing };
}

async function waiting(sql: Sql): Promise<number> {
  const states = await migrationStates(sql, migrationsFolder());
  return states.filter(({ appliedAt }) => appliedAt === null).length;
}

/** What a refused write says about writes; throws when it says something else. */
function mayWrite(thrown: unknown): boolean {
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, 'code') : undefined;
  if (code === NO_TABLE) return true;
  if (NO_WRITES.includes(code)) return false;
  throw thrown;
}

/** A database that hangs is away. */
async function within<Result>(asked: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no answer in time'));
    }, PATIENCE_MS);
  });
  return Promise.race([asked, late]).finally(() => {
    clearTimeout(timer);
  });
}
