import { only, type Sql } from './sql.js';

/** A span of recorded time that is to be read; ISO times. */
export interface AskedHistory {
  readonly from: string;
  readonly to: string;
  readonly dataTypes?: readonly string[];
  readonly awaitHistoryOf?: string;
  readonly anew?: boolean;
}

export type HistoryEnd = 'done' | 'cancelled' | 'failed';

/** Remembers that history is asked for; answers the number of the request. */
export async function askHistory(sql: Sql, patientId: number, asked: AskedHistory): Promise<number> {
  const { from, to, dataTypes = null, awaitHistoryOf = null, anew = false } = asked;
  const { id } = only(
    await sql<{ id: number }[]>`
      insert into backfill_requests (patient_id, from_time, to_time, data_types, await_history_of, is_anew)
      values (${patientId}, ${from}, ${to}, ${dataTypes as string[] | null}, ${awaitHistoryOf}, ${anew})
      returning id`,
  );
  return id;
}

/** Remembers how requests ended; one that has ended keeps its first end. */
export async function concludeHistory(
  sql: Sql,
  requestIds: readonly number[],
  end: HistoryEnd,
): Promise<void> {
  await sql`
    update backfill_requests set outcome = ${end}, ended_at = clock_timestamp()
    where id = any(${requestIds as number[]}) and ended_at is null`;
}

/** Everything that is asked for of one patient and has not ended. */
export interface UnfinishedHistory {
  readonly patientId: number;
  readonly requests: readonly (AskedHistory & { readonly requestId: number })[];
}

/** What was asked for at least so long ago and has not ended; nothing of patients who are being erased. */
export async function unfinishedHistory(sql: Sql, forSeconds: number): Promise<UnfinishedHistory[]> {
  return sql<UnfinishedHistory[]>`
    select b.patient_id as "patientId", json_agg(json_strip_nulls(json_build_object(
             'requestId', b.id, 'from', ${isoTime(sql, sql`b.from_time`)}, 'to', ${isoTime(sql, sql`b.to_time`)},
             'dataTypes', b.data_types, 'awaitHistoryOf', b.await_history_of, 'anew', b.is_anew)) order by b.id) as requests
    from backfill_requests b
    where b.ended_at is null and not exists (select from erasures e where e.patient_id = b.patient_id)
    group by b.patient_id
    having min(b.asked_at) <= clock_timestamp() - make_interval(secs => ${forSeconds})
    order by b.patient_id`;
}

const isoTime = (sql: Sql, column: ReturnType<Sql>) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
