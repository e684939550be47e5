import postgres from 'postgres';
import { only, type Sql } from './sql.js';

/** A data point that a client posts, checked against its schemas. */
export interface PostedObservation {
  readonly patientId: number;
  readonly conceptId: number;
  readonly dataSourceId: number;
  readonly dataType: string;
  /** The data point's own uuid. */
  readonly identifier: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  /** Times in UTC, offsets in minutes. */
  readonly start: { readonly utc: string; readonly offsetMinutes: number };
  readonly end: { readonly utc: string; readonly offsetMinutes: number } | null;
  readonly document: object;
  readonly postedBy: number;
}

export type Posting =
  { readonly kind: 'stored'; readonly id: number } | { readonly kind: 'not covered' | 'taken' | 'stale' };

/**
 * Stores a posted data point if the consents that stand cover it: decided inside the statement, as for what is read
 * from Open Wearables. `stale`: the consents changed while it waited, and nothing was written.
 */
export async function storePosted(sql: Sql, posted: PostedObservation): Promise<Posting> {
  const { start, end } = posted;
  try {
    const { isStale, isCovered, id } = only(
      await sql<{ isStale: boolean; isCovered: boolean; id: number | null }[]>`
      with guard as (
        select p.id from patients p
        where p.id = ${posted.patientId}
          and p.consent_version = (select count(*) from consent_events e where e.patient_id = p.id)
        for share of p
      ), covered as (
        select from covered_intervals v
        where v.patient_id = ${posted.patientId} and v.concept_id = ${posted.conceptId}
          and v.data_source_id = ${posted.dataSourceId} and ${start.utc}::text::timestamptz >= v.starts_at
          and (v.ends_at is null or ${start.utc}::text::timestamptz < v.ends_at)
      ), written as (
        insert into observations (patient_id, concept_id, data_source_id, effective_start, effective_end, start_offset,
                                  end_offset, data_type, identifier_system, identifier, provider, series)
        select g.id, ${posted.conceptId}, d.id, ${start.utc}::text::timestamptz, ${end?.utc ?? null}::text::timestamptz,
               ${start.offsetMinutes}::integer, ${end?.offsetMinutes ?? null}::integer, ${posted.dataType}, 'posted',
               ${posted.identifier}::uuid, coalesce(d.provider, ''), 'posted'
        from guard g, data_sources d
        where d.id = ${posted.dataSourceId} and exists (select from covered)
        on conflict (patient_id, identifier, identifier_system) do nothing
        returning id
      ), kept as (
        insert into posted_data_points (observation_id, document, posted_by)
        select w.id, ${JSON.stringify(posted.document)}::text::json, ${posted.postedBy} from written w
      ), named as (
        insert into posted_identifiers (system, value, observation_id)
        select i.system, i.value, w.id
        from written w, json_to_recordset(${JSON.stringify(posted.identifiers)}::text::json) as i(system text, value text)
      )
      select not exists (select from guard) as "isStale", exists (select from covered) as "isCovered",
             (select id from written) as id`,
    );
    if (id !== null) return { kind: 'stored', id };
    return { kind: isStale ? 'stale' : isCovered ? 'taken' : 'not covered' };
  } catch (thrown) {
    if (thrown instanceof postgres.PostgresError && thrown.code === '23505') return { kind: 'taken' };
    throw thrown;
  }
}
