import { until } from '../../dev/journey/until.js';
import type { Sql } from '../../src/db/sql.js';

/** A change that is made and not yet committed: its locks are held, nobody else sees it. */
export interface Uncommitted {
  commit(): Promise<void>;
  rollBack(): Promise<void>;
}

/** Makes a change on a connection of its own and leaves it open. */
export async function uncommitted(
  sql: Sql,
  change: (connection: Sql) => Promise<unknown>,
): Promise<Uncommitted> {
  const connection = await sql.reserve();
  await connection`begin`;
  await change(connection);
  const end = (how: 'commit' | 'rollback') => async () => {
    await connection.unsafe(how);
    connection.release();
  };
  return { commit: end('commit'), rollBack: end('rollback') };
}

/** Waits until a statement with these words waits for a lock in this database. */
export async function waitsForALock(sql: Sql, words: string): Promise<void> {
  await until(`a statement waits for a lock: ${words}`, async () => {
    const waiting = await sql`
      select 1 from pg_stat_activity
      where wait_event_type = 'Lock' and query like ${`%${words}%`} and datname = current_database()`;
    return waiting.length > 0;
  });
}
