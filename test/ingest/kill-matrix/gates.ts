import { until } from '../../../dev/journey/until.js';
import { only, type Sql } from '../../../src/db/sql.js';

/** A change of one row at which a statement of the service is held: before it is made, or made and not committed. */
export interface Place {
  readonly table: string;
  readonly when: 'before' | 'after';
  readonly operation?: 'insert' | 'update' | 'delete';
  /** Columns and values of the row; none: any row. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** Holds the first statement that comes by. */
export interface Gate {
  readonly place: Place;
  /** Settles when a statement is held; those that come later pass. */
  reached(): Promise<void>;
  /** Lets the statement go on, and settles when its transaction has ended. */
  open(): Promise<void>;
  /** Ends the connection that is held, so that its transaction is rolled back. */
  breakOff(): Promise<void>;
}

/** Any number that nothing else of the service locks. */
const LOCKS = 4711;
const TABLES = ['observations', 'patients', 'connect_attempts', 'connections', 'backfill_requests'];
const MORE_TABLES = ['polls', 'sent_mails', 'audit_checks'];

/** Makes the tables of a test's own database ready for gates. `keeper` is one connection, which holds them closed. */
export async function installGates(keeper: Sql): Promise<void> {
  await keeper`
    create table gates (
      id serial primary key, table_name text, happens text, operation text, subject jsonb, backend integer)`;
  await keeper.unsafe(`
    create function stand_at_gates() returns trigger language plpgsql as $$
    declare
      changed jsonb;
      gate integer;
    begin
      if tg_op = 'DELETE' then changed := to_jsonb(old); else changed := to_jsonb(new); end if;
      for gate in
        select id from gates
        where table_name = tg_table_name and happens = lower(tg_when) and operation in ('any', lower(tg_op))
          and coalesce(backend, pg_backend_pid()) = pg_backend_pid() and changed @> subject
      loop
        perform pg_advisory_xact_lock_shared(${LOCKS}, gate);
      end loop;
      if tg_op = 'DELETE' then return old; end if;
      return new;
    end $$`);
  for (const table of [...TABLES, ...MORE_TABLES])
    for (const when of ['before', 'after'])
      await keeper.unsafe(
        `create trigger gate_${when} ${when} insert or update or delete on ${table} for each row execute function stand_at_gates()`,
      );
}

/** Closes a gate from now on. */
export async function closeGate(keeper: Sql, place: Place): Promise<Gate> {
  const { table, when, operation = 'any', row } = place;
  const { id } = only(
    await keeper<{ id: number }[]>`
      insert into gates (table_name, happens, operation, subject)
      values (${table}, 'not yet', ${operation}, ${JSON.stringify(row)}::text::jsonb) returning id`,
  );
  await keeper`select pg_advisory_lock(${LOCKS}, ${id})`;
  await keeper`update gates set happens = ${when} where id = ${id}`;
  let held: Held | undefined;
  const remove = async () => {
    await keeper`delete from gates where id = ${id}`;
    await keeper`select pg_advisory_unlock(${LOCKS}, ${id})`;
  };
  return {
    place,
    async reached() {
      held = await until(`a write stands ${when} ${operation} of ${table}`, () => heldAt(keeper, id));
      await keeper`update gates set backend = ${held.backend} where id = ${id}`;
    },
    async open() {
      await remove();
      await until('the transaction has ended', async () => !(await isIn(keeper, held)));
    },
    async breakOff() {
      await keeper`select pg_terminate_backend(${held?.backend ?? 0})`;
      await until('the connection is gone', async () => !(await isIn(keeper, held)));
      await remove();
    },
  };
}

/** How many rows a place means. */
export async function rowsAt(keeper: Sql, { table, row }: Place): Promise<number> {
  const { count } = only(
    await keeper<{ count: number }[]>`
      select count(*) from ${keeper(table)} t where to_jsonb(t) @> ${JSON.stringify(row)}::text::jsonb`,
  );
  return count;
}

/** A connection in a transaction, by the begin of it. */
interface Held {
  readonly backend: number;
  readonly since: string;
}

async function heldAt(keeper: Sql, gate: number): Promise<Held | undefined> {
  const [held] = await keeper<Held[]>`
    select a.pid as backend, a.xact_start::text as since
    from pg_locks l join pg_stat_activity a on a.pid = l.pid and a.datname = current_database()
    where l.locktype = 'advisory' and l.classid = ${LOCKS} and l.objid = ${gate} and not l.granted`;
  return held;
}

async function isIn(keeper: Sql, held: Held | undefined): Promise<boolean> {
  if (held === undefined) throw new Error('the gate was not reached');
  const rows = await keeper`
    select 1 from pg_stat_activity where pid = ${held.backend} and xact_start::text = ${held.since}`;
  return rows.length > 0;
}
