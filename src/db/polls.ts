import type { Sql } from './sql.js';

export type PollTrigger = 'schedule' | 'operator';

/** What a finished poll came to; patients and samples. */
export interface PollEnd {
  readonly outcome: 'complete' | 'refused';
  readonly message: string;
  readonly read: number;
  readonly inFlight: number;
  readonly notRead: number;
  readonly created: number;
  readonly amended: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** A poll as operators see it; outcome and end are null while it runs. */
export interface Poll extends Omit<PollEnd, 'outcome' | 'message'> {
  readonly id: string;
  readonly trigger: PollTrigger;
  /** The name of whoever asked for it; null for the schedule and the command line. */
  readonly askedBy: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly outcome: PollEnd['outcome'] | null;
  readonly message: string | null;
  readonly due: number;
  readonly failures: Readonly<Record<string, number>>;
}

const KEPT_DAYS = 30;

/** Remembers that a poll began, once, and forgets those of long ago. */
export async function beginPoll(sql: Sql, id: string): Promise<void> {
  await sql`
    with forgotten as (
      delete from polls where started_at < now() - make_interval(days => ${KEPT_DAYS})
    )
    insert into polls (id) values (${id}) on conflict (id) do nothing`;
}

export async function planPolled(sql: Sql, id: string, due: number): Promise<void> {
  await sql`update polls set due = ${due} where id = ${id}`;
}

/** Remembers who asked for a poll, which may not have begun yet; null: the command line. */
export async function markPollAsked(sql: Sql, id: string, askedBy: number | null): Promise<void> {
  await sql`
    insert into polls (id, trigger, asked_by) values (${id}, 'operator', ${askedBy})
    on conflict (id) do update set trigger = excluded.trigger, asked_by = excluded.asked_by`;
}

/** Remembers the end of a poll, with the kinds of failures as they stand for its patients. */
export async function endPoll(sql: Sql, id: string, end: PollEnd): Promise<void> {
  await sql`
    update polls set
      outcome = ${end.outcome}, message = ${end.message}, ended_at = clock_timestamp(), read = ${end.read},
      in_flight = ${end.inFlight}, not_read = ${end.notRead}, created = ${end.created}, amended = ${end.amended},
      unchanged = ${end.unchanged}, rejected = ${end.rejected},
      failures = (
        select coalesce(jsonb_object_agg(kind, patients), '{}') from (
          select coalesce(failure, 'Unknown') as kind, count(*) as patients from patient_sync
          where poll_id = ${id} and outcome = 'could not read' group by 1) kinds)
    where id = ${id} and ended_at is null`;
}

/** Polls since an instant, the newest first. */
export async function pollsSince(sql: Sql, since: Date, limit: number): Promise<Poll[]> {
  return sql<Poll[]>`
    select p.id, p.trigger, nullif(trim(concat(u.name_given, ' ', u.name_family)), '') as "askedBy",
           p.started_at as "startedAt", p.ended_at as "endedAt", p.outcome, p.message, p.due, p.read,
           p.in_flight as "inFlight", p.not_read as "notRead", p.created, p.amended, p.unchanged, p.rejected, p.failures
    from polls p left join users u on u.id = p.asked_by
    where p.started_at >= ${since}
    order by p.started_at desc, p.id desc limit ${limit}`;
}
