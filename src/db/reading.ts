import { AsyncLocalStorage } from 'node:async_hooks';
import { openDatabase, type Sql } from './sql.js';

/** What its connections are from their start: it sees what policies let an account see, and writes nothing. */
export const READER_ROLE = 'wearable_exchange_reader';

/** The database as people may read it. */
export interface Reading {
  /** Reads for whoever `onBehalfOf` names. For nobody, and for somebody unknown, the tables of people are empty. */
  readonly sql: Sql;
  /** Its connections, each a pool of one. */
  readonly lanes: readonly Sql[];
  close(): Promise<void>;
}

const asking = new AsyncLocalStorage<number>();

/** Does this for an account: whatever it reads through a `Reading` is what that account may see. */
export function onBehalfOf<Result>(userId: number, work: () => Result): Result {
  return asking.run(userId, work);
}

/** Opens at most so many connections; none before the first statement. */
export function openReading(url: string, max: number): Reading {
  const lanes = Array.from({ length: max }, () => openDatabase(url, 1, READER_ROLE));
  const free = [...lanes];
  const waiting: ((lane: Sql) => void)[] = [];
  const [first = openDatabase(url, 1, READER_ROLE)] = lanes;

  return {
    lanes,
    sql: new Proxy(first, {
      apply(makeStatement, _this, parts: Parameters<Sql>) {
        const made: unknown = Reflect.apply(makeStatement, undefined, parts);
        return made instanceof Promise ? guarded(made, asking.getStore() ?? null) : made;
      },
      get(makeStatement, name) {
        // Transactions, and statements made of text, would run for nobody.
        return MAKE_PARTS.has(name) ? (Reflect.get(makeStatement, name) as unknown) : undefined;
      },
    }),
    async close() {
      await Promise.all(lanes.map((lane) => lane.end({ timeout: 5 })));
    },
  };

  /** The same statement, as a part of others too; waited for, it is sent by a connection that knows who asks. */
  function guarded(statement: Promise<unknown>, userId: number | null): Promise<unknown> {
    let sent: Promise<unknown> | undefined;
    const answer = () => (sent ??= read(statement, userId));
    return Object.assign(statement, {
      then: (...next: Parameters<typeof statement.then>) => answer().then(...next),
      catch: (...next: Parameters<typeof statement.catch>) => answer().catch(...next),
      finally: (...next: Parameters<typeof statement.finally>) => answer().finally(...next),
    });
  }

  /**
   * One transaction for one statement, all of it in one go: a connection that is lost loses all of it, and none carries
   * an account over to the next statement, however this one ends.
   */
  async function read(statement: Promise<unknown>, userId: number | null): Promise<unknown> {
    const lane = free.pop() ?? (await new Promise<Sql>((resolve) => waiting.push(resolve)));
    const parts = [
      lane.unsafe(`begin read only; select read_as(${userId === null ? 'null' : Math.trunc(userId)})`),
      lane`${statement as never}`,
      lane`commit`,
    ].map((part) => part.execute());
    try {
      const [, rows] = await Promise.all(parts);
      return rows;
    } finally {
      await Promise.allSettled(parts);
      const next = waiting.shift();
      if (next === undefined) free.push(lane);
      else next(lane);
    }
  }
}

const MAKE_PARTS = new Set<string | symbol>(['json', 'array', 'typed', 'types']);
