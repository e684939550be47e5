import type { Origin } from '../omh/measurement.js';
import { toRow } from './observation-rows.js';
import { storePage, type PageWrite } from './pages.js';
import { inTransaction, type Sql } from './sql.js';

/** What old samples measured. */
export type OldMeasurements = Pick<PageWrite, 'patientId' | 'identifierSystem' | 'measurements'>;

/** What became of them; `held`: a session that is stored overlaps this one, which may be a part of it. */
export interface Placed {
  readonly created: number;
  readonly unchanged: number;
  readonly withheld: number;
  readonly held: number;
}

type Standing = 'same' | 'overlapping' | null;

/**
 * Stores measurements of samples that were read some time ago, through the write of a page, and only where nothing
 * stands in their place: what is stored was read later and is never overwritten by what was read before. Pages of the
 * patient wait meanwhile, so that none of them comes between the look and the write.
 */
export async function storeInFreePlaces(sql: Sql, old: OldMeasurements): Promise<Placed> {
  if (old.measurements.length === 0) return { created: 0, unchanged: 0, withheld: 0, held: 0 };
  return inTransaction(sql, async (transaction) => {
    await transaction`select 1 from patients where id = ${old.patientId} for no key update`;
    const standing = await standingOf(transaction, old);
    const free = old.measurements.filter((_, index) => standing[index] === null);
    const { created, withheld } = await storePage(transaction, {
      ...old,
      ...{ measurements: free, refusals: [], coverage: [] },
    });
    return {
      ...{ created, withheld },
      unchanged: standing.filter((stands) => stands === 'same').length,
      held: standing.filter((stands) => stands === 'overlapping').length,
    };
  });
}

/** What stands in the place of each measurement, whatever its status: an error must not come back as data. */
export async function standingOf(sql: Sql, old: OldMeasurements): Promise<Standing[]> {
  const { patientId, identifierSystem, measurements } = old;
  const places = measurements.map((measurement, place) => ({ ...toRow(measurement), place }));
  const rows = await sql<{ stands: Standing }[]>`
    select case
      when exists (
        select 1 from observations o
        where o.patient_id = ${patientId} and o.identifier = r.identifier and o.identifier_system = ${identifierSystem})
      then 'same'
      when r.series in ('sleep', 'workout') and exists (
        select 1 from observations o
        join codeable_concepts c on c.id = o.concept_id and c.system = r.system and c.code = r.code
        where o.patient_id = ${patientId} and o.identifier_system = ${identifierSystem} and o.series = r.series
          and o.data_type = r.data_type and o.provider = r.provider and o.status <> 'entered-in-error'
          and o.effective_start < r.effective_end and r.effective_start < o.effective_end)
      then 'overlapping' end as stands
    from json_to_recordset(${JSON.stringify(places)}::text::json) as r(
      identifier uuid, system text, code text, effective_start timestamptz, effective_end timestamptz, data_type text,
      provider text, series text, place integer)
    order by r.place`;
  return rows.map(({ stands }) => stands);
}

/** Where the sample of a dead letter belongs, as far as it can be read. */
export interface UnreadPlace {
  readonly identifierSystem: PageWrite['identifierSystem'];
  /** Null when the data type and the start tell enough. */
  readonly series: string | null;
  readonly origin: Omit<Origin, 'series'>;
  /** ISO 8601. */
  readonly start: string;
}

/** Whether the place of a letter's sample was written after the letter was seen last: it was corrected at its source. */
export async function isCorrected(sql: Sql, letterId: number, place: UnreadPlace): Promise<boolean> {
  const { identifierSystem, series, origin, start } = place;
  const rows = await sql`
    select 1 from dead_letters l
    join observations o on o.patient_id = l.patient_id and o.data_type = l.data_type
    where l.id = ${letterId} and o.identifier_system = ${identifierSystem} and o.provider = ${origin.provider}
      and (${series === null} or o.series = ${series}) and o.source is not distinct from ${origin.source}
      and o.device is not distinct from ${origin.device} and o.effective_start = ${start}::timestamptz
      and o.status <> 'entered-in-error' and o.updated_at > l.last_seen_at
    limit 1`;
  return rows.length > 0;
}
