import { AsyncLocalStorage } from 'node:async_hooks';
import { type OnWait, openPool } from './pool.js';
import { connectLazily, type Sql } from './sql.js';
import { listenedTo, statementsSentBy } from './statements.js';

/** What its connections are from their start: it sees what policies let an account see, and writes nothing. */
export const READER_ROLE = 'wearable_exchange_reader';

/** The database as people may read it. */
export interface Reading {
  /** Reads for whoever `onBehalfOf` names. For nobody, and for somebody unknown, the tables of people are empty. */
  readonly sql: Sql;
  close(): Promise<void>;
}

const asking = new AsyncLocalStorage<number>();

/** Does this for an account: whatever it reads through a `Reading` is what that account may see. */
export function onBehalfOf<Result>(userId: number, work: () => Result): Result {
  return asking.run(userId, work);
}

/** Opens at most so many connections; none before the first statement. */
export function openReading(url: string, max: number, onWait?: OnWait): Reading {
  const pool = openPool((told) => connectLazily(url, READER_ROLE, told), max, onWait);
  const maker = connectLazily(url, READER_ROLE);
  return {
    // Transactions, and statements made of text, would run for nobody: it has neither.
    sql: statementsSentBy(
      maker,
      (parts) => {
        const userId = asking.getStore() ?? null;
        return () => pool.use((connection) => readFor(userId, connection, parts));
      },
      { options: listenedTo(pool.listen) },
    ),
    close: () => pool.end({ timeout: 5 }),
  };
}

/**
 * One transaction for one statement, all of it in one go: a connection that is lost loses all of it, and none carries
 * an account over to the next statement, however this one ends.
 */
async function readFor(
  userId: number | null,
  connection: Sql,
  [strings, ...values]: Parameters<Sql>,
): Promise<unknown> {
  const parts = [
    connection.unsafe(`begin read only; select read_as(${userId === null ? 'null' : Math.trunc(userId)})`),
    connection(strings, ...values),
    connection`commit`,
  ].map((part) => part.execute());
  try {
    const [, rows] = await Promise.all(parts);
    return rows;
  } finally {
    await Promise.allSettled(parts);
  }
}
