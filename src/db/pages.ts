import type { Measurement } from '../omh/measurement.js';
import { instantToUtc } from '../omh/time-frame.js';
import { only, type Sql } from './sql.js';

/** A sample that could not be converted; `original` is encrypted, `fingerprint` recognises it when it is read again. */
export interface Refusal {
  readonly series: string;
  readonly reason: string;
  readonly detail: string;
  readonly fingerprint: Buffer;
  readonly original: Buffer;
}

/** What a page proves for one series: everything Open Wearables showed in [from, to) has been seen; `last` is the newest. */
export interface Coverage {
  readonly series: string;
  readonly from: string;
  readonly to: string;
  readonly last: string | null;
}

export interface PageWrite {
  readonly patientId: number;
  readonly identifierSystem: 'ow:normalized' | 'ow:raw';
  /** At most one measurement for each identifier. */
  readonly measurements: readonly Measurement[];
  readonly refusals: readonly Refusal[];
  readonly coverage: readonly Coverage[];
}

/** `stale`: the patient's consents changed while the statement waited; nothing was written and the page must be retried. */
export interface PageOutcome {
  readonly stale: boolean;
  readonly created: number;
  readonly amended: number;
  readonly unchanged: number;
  /** Measurements that no standing consent covers; they are not written. */
  readonly withheld: number;
}

/**
 * Stores one page: observations, dead letters and cursors in a single statement, so that the cursor commits with the
 * rows it covers and the consent check happens inside the write. Writing the same page again changes nothing.
 * Rows travel as json, not jsonb, so that the order of keys in `details` is kept.
 */
export async function storePage(sql: Sql, page: PageWrite): Promise<PageOutcome> {
  const rows = page.measurements.map(toRow).sort((a, b) => (a.identifier < b.identifier ? -1 : 1));
  const refusals = page.refusals.map((refusal) => ({
    ...refusal,
    fingerprint: refusal.fingerprint.toString('hex'),
    original: refusal.original.toString('hex'),
  }));
  return only(
    await sql<PageOutcome[]>`
    with guard as (
      -- The share lock makes a revocation wait for us; after waiting for one ourselves the versions differ.
      select p.id from patients p
      where p.id = ${page.patientId}
        and p.consent_version = (select count(*) from consent_events e where e.patient_id = p.id)
      for share of p
    ), covered as materialized (
      select distinct concept_id, data_source_id, starts_at, ends_at
      from covered_intervals where patient_id = ${page.patientId}
    ), measured as (
      select r.*, c.id as concept_id, d.id as data_source_id
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(
        identifier uuid, code text, effective_start timestamptz, effective_end timestamptz, start_offset smallint,
        end_offset smallint, value double precision, details json, data_type text, provider text, source text,
        device text, series text, datasheet text)
      join codeable_concepts c on c.code = r.code
      join data_sources d on d.provider = r.provider
    ), permitted as (
      select m.* from measured m, guard
      where exists (
        select 1 from covered v
        where v.concept_id = m.concept_id and v.data_source_id = m.data_source_id
          and m.effective_start >= v.starts_at and (v.ends_at is null or m.effective_start < v.ends_at))
    ), written as (
      insert into observations as o (
        patient_id, concept_id, data_source_id, effective_start, effective_end, start_offset, end_offset, value,
        details, data_type, identifier_system, identifier, provider, source, device, series, datasheet)
      select ${page.patientId}, concept_id, data_source_id, effective_start, effective_end, start_offset, end_offset,
             value, details, data_type, ${page.identifierSystem}, identifier, provider, source, device, series, datasheet
      from permitted order by identifier
      on conflict (patient_id, identifier, identifier_system) do update
      set value = excluded.value, details = excluded.details, effective_end = excluded.effective_end,
          end_offset = excluded.end_offset, status = 'amended', updated_at = clock_timestamp()
      where o.value is distinct from excluded.value
         or o.details::text is distinct from excluded.details::text
         or o.effective_end is distinct from excluded.effective_end
      returning xmax = 0 as created
    ), refused as (
      insert into dead_letters as l (patient_id, series, reason, detail, fingerprint, original)
      select ${page.patientId}, r.series, r.reason, r.detail, decode(r.fingerprint, 'hex'), decode(r.original, 'hex')
      from json_to_recordset(${JSON.stringify(refusals)}::text::json) as r(
        series text, reason text, detail text, fingerprint text, original text), guard
      order by r.fingerprint
      on conflict (patient_id, fingerprint) do update
      set seen_count = l.seen_count + 1, last_seen_at = clock_timestamp()
    ), moved as (
      insert into cursors as k (patient_id, series, covered_from, covered_to, position)
      select ${page.patientId}, v.series, v."from", v."to", v.last
      from json_to_recordset(${JSON.stringify(page.coverage)}::text::json) as v(
        series text, "from" timestamptz, "to" timestamptz, last timestamptz), guard
      order by v.series
      on conflict (patient_id, series) do update
      set covered_from = least(k.covered_from, excluded.covered_from),
          covered_to = greatest(k.covered_to, excluded.covered_to),
          position = greatest(k.position, excluded.position),
          updated_at = clock_timestamp()
      -- Spans that do not touch prove nothing about the time between them.
      where excluded.covered_from <= k.covered_to and excluded.covered_to >= k.covered_from
    )
    select not exists (select 1 from guard) as stale,
           (select count(*) from written where created)::integer as created,
           (select count(*) from written where not created)::integer as amended,
           ((select count(*) from permitted) - (select count(*) from written))::integer as unchanged,
           (${rows.length} - (select count(*) from permitted))::integer as withheld`,
  );
}

function toRow(measurement: Measurement) {
  const start = instantToUtc(measurement.start);
  const end = measurement.end === null ? null : instantToUtc(measurement.end);
  return {
    identifier: measurement.identifier,
    code: measurement.schemaId,
    effective_start: start.utc,
    effective_end: end?.utc ?? null,
    start_offset: start.offsetMinutes,
    end_offset: end?.offsetMinutes ?? null,
    value: measurement.value,
    details: measurement.details,
    data_type: measurement.dataType,
    provider: measurement.origin.provider,
    source: measurement.origin.source,
    device: measurement.origin.device,
    series: measurement.origin.series,
    datasheet: measurement.datasheet,
  };
}
