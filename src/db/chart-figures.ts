import { isWithin } from './readable-observations.js';
import { readableSpans, type Reader } from './readers.js';
import { only, type Sql } from './sql.js';

/** What a chart shows of whom: from a patient's own midnight to the next one after now. */
export interface ChartSpan {
  readonly zone: string;
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
  /** The midnights in it, the first and the last included. */
  readonly midnights: readonly Date[];
}

/** The last days of a patient, today included. */
export async function chartSpan(sql: Sql, patientId: number, days: number): Promise<ChartSpan> {
  const { zone, now, midnights } = only(
    await sql<{ zone: string; now: Date; midnights: Date[] }[]>`
      select time_zone as zone, clock_timestamp() as now, array(
               select ((clock_timestamp() at time zone time_zone)::date + n)::timestamp at time zone time_zone
               from generate_series(1 - ${days}::integer, 1) n) as midnights
      from patients where id = ${patientId}`,
  );
  const [from = now] = midnights;
  return { zone, now, from, to: midnights.at(-1) ?? now, midnights };
}

/** What was measured in one piece of the span. */
export interface BandPiece {
  readonly dataType: string;
  readonly at: Date;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** How many of them were corrected after they had been stored. */
  readonly corrected: number;
}

interface Asked {
  readonly patientId: number;
  readonly from: Date;
  readonly to: Date;
}

const DAY_MS = 86_400_000;

/** The observations of a span `s` that begin in the time that is asked for: one look at the index for each span. */
function observationsOf(sql: Sql, { from, to }: Asked) {
  return sql`(
      select o.* from observations o
      where ${isWithin(sql)} and o.effective_start >= ${from} and o.effective_start < ${to} offset 0)`;
}

/** Numbers measured at moments, in pieces of so many minutes, of every kind of data the reader may see. */
export async function bandPieces(
  sql: Sql,
  reader: Reader,
  asked: Asked,
  minutes: number,
): Promise<BandPiece[]> {
  return sql<BandPiece[]>`
    with spans as materialized (${readableSpans(sql, reader, { patientId: asked.patientId })})
    select o.data_type as "dataType", date_bin(make_interval(mins => ${minutes}::integer), o.effective_start, ${asked.from}) as at,
           avg(o.value) as mean, min(o.value) as low, max(o.value) as high, count(*) as count,
           count(*) filter (where o.status = 'amended') as corrected
    from spans s cross join lateral ${observationsOf(sql, asked)} o
    where o.value is not null and o.status <> 'entered-in-error' and o.series <> all(${NOT_AT_MOMENTS})
    group by 1, 2 order by 1, 2`;
}

/** Series whose rows stand for a whole day, night or workout. */
const NOT_AT_MOMENTS = ['summary', 'sleep', 'sleep_summary', 'workout'];

/** The total of one day of the patient; of physical activity the steps. */
export interface DayTotal {
  readonly dataType: string;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly total: number;
  readonly corrected: number;
}

export async function dayTotals(
  sql: Sql,
  reader: Reader,
  asked: Asked & { readonly zone: string },
): Promise<DayTotal[]> {
  return sql<DayTotal[]>`
    with spans as materialized (${readableSpans(sql, reader, { patientId: asked.patientId })})
    select o.data_type as "dataType", (o.effective_start at time zone ${asked.zone})::date::text as day,
           sum(coalesce(o.value, (o.details #>> '{base_movement_quantity,value}')::double precision)) as total,
           count(*) filter (where o.status = 'amended') as corrected
    from spans s cross join lateral ${observationsOf(sql, asked)} o
    where o.status <> 'entered-in-error' and o.series = 'summary'
      and (o.value is not null or o.details #>> '{base_movement_quantity,value}' is not null)
    group by 1, 2 order by 1, 2`;
}

/** A night as it was measured: bounds, and what the wearable tells of its stages. */
export interface Night {
  readonly dataType: string;
  readonly start: Date;
  readonly end: Date;
  readonly details: Readonly<Record<string, unknown>>;
  readonly isCorrected: boolean;
}

/** The sessions of sleep that ended in the span, of the data types that hold stages. */
export async function nightsOf(sql: Sql, reader: Reader, asked: Asked): Promise<Night[]> {
  return sql<Night[]>`
    with spans as materialized (${readableSpans(sql, reader, { patientId: asked.patientId })})
    select o.data_type as "dataType", o.effective_start as start, o.effective_end as "end", o.details,
           o.status = 'amended' as "isCorrected"
    from spans s cross join lateral ${observationsOf(sql, { ...asked, from: new Date(asked.from.getTime() - DAY_MS) })} o
    where o.effective_end > ${asked.from} and o.status <> 'entered-in-error'
      and o.data_type = any(${['sleep_stage_episodes', 'sleep_stage_summary', 'sleep_episode']})
    order by o.effective_start, o.id`;
}

/** Raw points for the view that is zoomed: seconds and values, at most so many, the newest first to be kept. */
export async function rawPoints(
  sql: Sql,
  reader: Reader,
  asked: Asked & { readonly dataType: string },
  atMost: number,
): Promise<{ readonly seconds: number[]; readonly values: number[]; readonly corrected: boolean[] }> {
  return only(
    await sql<{ seconds: number[]; values: number[]; corrected: boolean[] }[]>`
      with spans as materialized (${readableSpans(sql, reader, { patientId: asked.patientId })}), point as (
        select extract(epoch from o.effective_start)::double precision as second, o.value, o.status = 'amended' as corrected
        from spans s cross join lateral ${observationsOf(sql, asked)} o
        where o.data_type = ${asked.dataType}
          and o.value is not null and o.status <> 'entered-in-error'
        order by o.effective_start desc limit ${atMost}
      )
      select coalesce(json_agg(second order by second), '[]') as seconds,
             coalesce(json_agg(value order by second), '[]') as values,
             coalesce(json_agg(corrected order by second), '[]') as corrected
      from point`,
  );
}
