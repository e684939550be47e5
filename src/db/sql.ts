import postgres from 'postgres';
import { type OnWait, openPool, type Told } from './pool.js';
import { listenedTo, sentOnDemand, statementsSentBy, type Sender } from './statements.js';

/** int8 values here are row ids and counts: far below 2^53. */
const bigintAsNumber = { to: 20, from: [20], serialize: String, parse: Number };
/** A calendar date has no time zone, so it stays text. */
const dateAsText = { to: 1082, from: [1082], serialize: String, parse: String };

/** How a moment is written as text of UTC with microseconds, which a Date does not have. */
export const UTC_TEXT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/** What every function in this folder takes first: the pool, or a transaction of it. */
export type Sql = postgres.Sql<{ bigint: number; date: string }>;

/**
 * Opens a pool; nothing connects before the first statement. Idle connections close by themselves.
 * `max` is the number of connections of this process; `role` is what they are from their start, else the login itself.
 * It sends statements, `unsafe` ones too, and has `begin`, `reserve` and `end`; nothing else of the driver.
 */
export function openDatabase(url: string, max = 10, role?: string, onWait?: OnWait): Sql {
  const pool = openPool((told) => connectLazily(url, role, told), max, onWait);
  const maker = connectLazily(url, role);
  const sender: Sender =
    ([strings, ...values]) =>
    () =>
      pool.use((connection) => connection(strings, ...values));
  return statementsSentBy(maker, sender, {
    begin: (...work: Parameters<Sql['begin']>) => pool.use((connection) => connection.begin(...work)),
    unsafe: (...text: Parameters<Sql['unsafe']>) =>
      sentOnDemand(maker.unsafe(...text), () => pool.use((connection) => connection.unsafe(...text))),
    async reserve() {
      const place = await pool.take();
      return Object.assign(place.connection, {
        release: () => {
          pool.giveBack(place);
        },
      });
    },
    end: pool.end,
    options: listenedTo(pool.listen),
  });
}

/** The driver's own pool, of one connection; it never closes by itself. */
export function connectLazily(url: string, role?: string, told: Partial<Told> = {}): Sql {
  return postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    types: { bigint: bigintAsNumber, date: dateAsText },
    onnotice: () => undefined,
    connection: {
      application_name: 'wearable-exchange',
      TimeZone: 'UTC',
      ...(role === undefined ? {} : { role }),
    },
    ...told,
  });
}

/** Does this in one transaction: all of it stands afterwards, or nothing. */
export async function inTransaction<Result>(
  sql: Sql,
  work: (transaction: Sql) => Promise<Result>,
): Promise<Result> {
  // What a transaction lacks of a pool, no statement uses.
  return (await sql.begin((transaction) => work(transaction as unknown as Sql))) as Result;
}

/** The single row of a statement that always answers one. */
export function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('a statement that always answers one row answered none');
  return row;
}

/** Postgres: read_only_sql_transaction. */
export function isReadOnly(thrown: unknown): boolean {
  return thrown instanceof Error && Reflect.get(thrown, 'code') === '25006';
}

/** The name of the unique constraint that a statement ran into; undefined for any other failure. */
export function takenConstraint(thrown: unknown): string | undefined {
  const isTaken = thrown instanceof postgres.PostgresError && thrown.code === '23505';
  return isTaken ? thrown.constraint_name : undefined;
}
