import type { Sql } from './sql.js';

export const letterStates = ['open', 'retried', 'discarded'] as const;
export type LetterState = (typeof letterStates)[number];

/** A dead letter without its original: never a value. */
export interface DeadLetter {
  readonly id: number;
  readonly patientId: number;
  /** `unknown` when no data type reads its series. */
  readonly dataType: string;
  /** The series or endpoint it was read from. */
  readonly series: string;
  readonly reason: string;
  readonly detail: string;
  readonly state: LetterState;
  readonly seenCount: number;
  readonly tries: number;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly note: string | null;
  readonly decidedAt: Date | null;
  readonly decidedBy: number | null;
}

/** A dead letter with its sealed original. */
export interface SealedLetter extends DeadLetter {
  readonly original: Buffer;
}

/** What a retry made of a letter, as pages count it: `created` and `unchanged` end it, the others leave it open. */
export const letterOutcomes = ['created', 'unchanged', 'rejected', 'withheld', 'held'] as const;
export type LetterOutcome = (typeof letterOutcomes)[number];

export interface Verdict {
  readonly id: number;
  readonly outcome: LetterOutcome;
  /** Why it is refused now; null when it is not. */
  readonly reason: string | null;
  readonly detail: string | null;
  /** What it was when it was read, so that a decision of somebody else is not overruled. */
  readonly state: LetterState;
}

const letter = (sql: Sql) => sql`
  l.id, l.patient_id as "patientId", coalesce(l.data_type, 'unknown') as "dataType", l.series, l.reason, l.detail, l.state,
  l.seen_count as "seenCount", l.tries, l.first_seen_at as "firstSeenAt", l.last_seen_at as "lastSeenAt", l.note,
  l.decided_at as "decidedAt", l.decided_by as "decidedBy"`;

export interface LetterSearch {
  readonly patientId: number | null;
  readonly reason: string | null;
  readonly state: LetterState;
  /** Only those that came before this one. */
  readonly before: number | null;
  readonly limit: number;
}

/** Dead letters, the newest first. */
export async function listDeadLetters(sql: Sql, search: LetterSearch): Promise<DeadLetter[]> {
  return sql<DeadLetter[]>`
    select ${letter(sql)} from dead_letters l
    where l.state = ${search.state}
      and (${search.patientId === null} or l.patient_id = ${search.patientId})
      and (${search.reason === null} or l.reason = ${search.reason})
      and (${search.before === null} or l.id < ${search.before})
    order by l.id desc
    limit ${search.limit}`;
}

/** The dead letter, or undefined. */
export async function findDeadLetter(sql: Sql, id: number): Promise<DeadLetter | undefined> {
  const [found] = await sql<DeadLetter[]>`select ${letter(sql)} from dead_letters l where l.id = ${id}`;
  return found;
}

/** How many open letters there are of each reason, the most frequent first. */
export async function openDeadLetters(sql: Sql): Promise<{ reason: string; count: number }[]> {
  return sql<{ reason: string; count: number }[]>`
    select reason, count(*) as count from dead_letters where state = 'open' group by reason order by count desc, reason`;
}

/** What waits under one reason. */
export interface WaitingReason {
  readonly reason: string;
  readonly count: number;
  readonly patients: number;
  readonly dataTypes: readonly string[];
  readonly firstSeenAt: Date;
}

export async function waitingReasons(sql: Sql): Promise<WaitingReason[]> {
  return sql<WaitingReason[]>`
    select reason, count(*) as count, count(distinct patient_id) as patients, min(first_seen_at) as "firstSeenAt",
           array_agg(distinct coalesce(data_type, 'unknown')) as "dataTypes"
    from dead_letters where state = 'open' group by reason order by count desc, reason`;
}

/** How many letters there are in each state. */
export async function lettersByState(sql: Sql): Promise<Readonly<Record<LetterState, number>>> {
  const rows = await sql<{ state: LetterState; count: number }[]>`
    select state, count(*) as count from dead_letters group by state`;
  const counts = { open: 0, retried: 0, discarded: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** The sealed original, handed out only together with the record of who views it. */
export async function viewOriginal(
  sql: Sql,
  id: number,
  userId: number,
): Promise<{ patientId: number; original: Buffer } | undefined> {
  const [found] = await sql<{ patientId: number; original: Buffer }[]>`
    with viewed as (
      insert into dead_letter_views (dead_letter_id, viewed_by)
      select id, ${userId} from dead_letters where id = ${id}
      returning dead_letter_id
    )
    select l.patient_id as "patientId", l.original from dead_letters l join viewed on viewed.dead_letter_id = l.id`;
  return found;
}

/** Which letters to retry; a discarded one only by its id. */
export interface LetterSelection {
  readonly ids: readonly number[] | null;
  readonly reason: string | null;
}

export type WaitingLetter = Pick<DeadLetter, 'id' | 'patientId' | 'dataType'>;

/** Those of the selection that wait for a retry, the newest first, from one on. */
export async function waitingLetters(
  sql: Sql,
  { ids, reason }: LetterSelection,
  before: number | null,
  limit: number,
): Promise<WaitingLetter[]> {
  const named = (ids ?? []) as number[];
  return sql<WaitingLetter[]>`
    select id, patient_id as "patientId", coalesce(data_type, 'unknown') as "dataType" from dead_letters
    where (state = 'open' or (state = 'discarded' and id = any(${named}::bigint[])))
      and (${ids === null} or id = any(${named}::bigint[]))
      and (${reason === null} or reason = ${reason})
      and (${before === null} or id < ${before})
    order by id desc
    limit ${limit}`;
}

/**
 * These letters and open ones of the same patient and data type, those seen last first: halves of a blood pressure
 * belong together, and of two letters of one sample the newer one counts.
 */
export async function letterFamily(
  sql: Sql,
  { patientId, dataType }: Pick<DeadLetter, 'patientId' | 'dataType'>,
  ids: readonly number[],
  limit: number,
): Promise<SealedLetter[]> {
  return sql<SealedLetter[]>`
    with family as (
      select * from dead_letters
      where patient_id = ${patientId} and coalesce(data_type, 'unknown') = ${dataType}
        and (state = 'open' or id = any(${ids as number[]}::bigint[]))
      order by id = any(${ids as number[]}::bigint[]) desc, last_seen_at desc, id desc
      limit ${limit}
    )
    select ${letter(sql)}, l.original from family l order by l.last_seen_at desc, l.id desc`;
}

/** Writes down what a retry made of letters, unless somebody else decided meanwhile. */
export async function settleLetters(
  sql: Sql,
  verdicts: readonly Verdict[],
  userId: number | null,
): Promise<void> {
  await sql`
    update dead_letters l
    set tries = l.tries + 1, note = null, reason = coalesce(v.reason, l.reason), detail = coalesce(v.detail, l.detail),
        state = case when v.ends then 'retried' else 'open' end,
        decided_at = case when v.ends then clock_timestamp() end,
        decided_by = case when v.ends then ${userId}::integer end
    from (
      select r.*, r.outcome in ('created', 'unchanged') as ends
      from json_to_recordset(${JSON.stringify(verdicts)}::text::json) as r(
        id bigint, outcome text, reason text, detail text, state text)
      order by r.id
    ) v
    where l.id = v.id and l.state = v.state`;
}

/** Discards those of the letters that are open; answers which. */
export async function discardLetters(
  sql: Sql,
  ids: readonly number[],
  note: string,
  userId: number | null,
): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    update dead_letters
    set state = 'discarded', note = ${note}, decided_at = clock_timestamp(), decided_by = ${userId}
    where id = any(${ids as number[]}::bigint[]) and state = 'open'
    returning id`;
  return rows.map(({ id }) => id);
}
