import type { Listener } from './pool.js';
import type { Sql } from './sql.js';

type Parts = Parameters<Sql>;

/** Gets a statement, and answers how it is sent. It is told at once, so that it knows who makes the statement. */
export type Sender = (parts: Parts) => () => Promise<unknown>;

/** What a statement may be made of; what else the driver can do, a pool has or has not. */
const MAKE_PARTS = new Set<string | symbol>(['json', 'array', 'typed', 'types']);

/**
 * Statements as the driver makes them, as `sql` and as a part of others; each is sent when it is first waited for, by
 * what `sender` answers. Beside the parts of statements it has what `others` has.
 */
export function statementsSentBy(
  maker: Sql,
  sender: Sender,
  others: Partial<Record<keyof Sql, unknown>>,
): Sql {
  return new Proxy(maker, {
    apply(makeStatement, _this, parts: Parts) {
      const made: unknown = makeStatement(...parts);
      return made instanceof Promise ? sentOnDemand(made, toldWhere(parts[0], sender(parts))) : made;
    },
    get(makeStatement, name) {
      const owner: object = MAKE_PARTS.has(name) ? makeStatement : others;
      return Reflect.get(owner, name) as unknown;
    },
  });
}

/** The statement stays one to be a part of others; waited for, it is sent by `send`. */
export function sentOnDemand<Statement extends Promise<unknown>>(
  statement: Statement,
  send: () => Promise<unknown>,
): Statement {
  let sent: Promise<unknown> | undefined;
  const answer = () => (sent ??= send());
  return Object.assign(statement, {
    then: (...next: Parameters<Promise<unknown>['then']>) => answer().then(...next),
    catch: (...next: Parameters<Promise<unknown>['catch']>) => answer().catch(...next),
    finally: (...next: Parameters<Promise<unknown>['finally']>) => answer().finally(...next),
  });
}

/** Where the program makes each statement: frames of a stack. */
const places = new WeakMap<object, string>();

/** The driver looks too few frames up to see who makes a statement: this is added to an error's stack. */
function toldWhere(strings: object, send: () => Promise<unknown>): () => Promise<unknown> {
  // Above them stand the error's own line, this function and the proxy.
  const place = places.get(strings) ?? (new Error().stack ?? '').split('\n').slice(3, 6).join('\n');
  places.set(strings, place);
  return async () => {
    try {
      return await send();
    } catch (thrown) {
      if (thrown instanceof Error) thrown.stack = `${thrown.stack ?? ''}\n${place}`;
      throw thrown;
    }
  };
}

/** As the driver's options, as far as somebody listens to the statements of all connections. */
export function listenedTo(listen: (debug: Listener) => void): Sql['options'] {
  return Object.defineProperty({}, 'debug', { set: listen }) as Sql['options'];
}
