import type { PendingQuery, Row } from 'postgres';
import type { Measurement } from '../omh/measurement.js';
import { toRow } from './observation-rows.js';
import { only, type Sql } from './sql.js';

/** A sample that could not be converted; `original` is encrypted, `fingerprint` recognises it when it is read again. */
export interface Refusal {
  /** The series or endpoint it was read from, and the data type that refused it. */
  readonly series: string;
  readonly dataType: string;
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
  /** The page is everything that Open Wearables shows of these records: what one of them now spans is replaced by it. */
  readonly complete?: CompleteRecords;
  /** Identifiers of what the page says was deleted at its source. */
  readonly deleted?: readonly string[];
  /** Remembers the page, if every one of its measurements is stored. */
  readonly remember?: PageFingerprint;
  /** The raw object that holds the page; what came from one that was fetched later stays as it is. */
  readonly rawObjectId?: number;
}

/** Sessions of one kind that start from `from` on and end before `to`, the way Open Wearables filters them. */
export interface CompleteRecords {
  readonly series: string;
  readonly from: string;
  readonly to: string;
}

/** Which page of which request, and what it held; both hashes. */
export interface PageFingerprint {
  readonly page: Buffer;
  readonly fingerprint: Buffer;
}

/** `stale`: the patient's consents changed while the statement waited; nothing was written and the page must be retried. */
export interface PageOutcome {
  readonly stale: boolean;
  readonly created: number;
  readonly amended: number;
  readonly unchanged: number;
  /** Measurements that no standing consent covers; they are not written. */
  readonly withheld: number;
  /** Observations that became entered-in-error, since a record of this page replaces them. */
  readonly retired: number;
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
      select distinct concept_id, data_source_id, starts_at, ends_at, extra_data_types
      from covered_intervals where patient_id = ${page.patientId}
    ), measured as (
      select r.*, c.id as concept_id, d.id as data_source_id
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(
        identifier uuid, system text, code text, comes_with_code boolean, effective_start timestamptz,
        effective_end timestamptz, start_offset smallint, end_offset smallint, value double precision, details json,
        data_type text, provider text, source text, device text, series text, datasheet text)
      join codeable_concepts c on c.system = r.system and c.code = r.code
      join data_sources d on d.provider = r.provider
    ), permitted as (
      select m.* from measured m, guard
      where exists (
        select 1 from covered v
        where v.concept_id = m.concept_id and v.data_source_id = m.data_source_id
          and (m.comes_with_code or m.data_type = any(v.extra_data_types))
          and m.effective_start >= v.starts_at and (v.ends_at is null or m.effective_start < v.ends_at))
    ), written as (
      insert into observations as o (
        patient_id, concept_id, data_source_id, effective_start, effective_end, start_offset, end_offset, value,
        details, data_type, identifier_system, identifier, provider, source, device, series, datasheet,
        raw_object_id)
      select ${page.patientId}, concept_id, data_source_id, effective_start, effective_end, start_offset, end_offset,
             value, details, data_type, ${page.identifierSystem}, identifier, provider, source, device, series, datasheet,
             ${page.rawObjectId ?? null}::bigint
      from permitted order by identifier
      on conflict (patient_id, identifier, identifier_system) do update
      set data_source_id = excluded.data_source_id, effective_start = excluded.effective_start,
          effective_end = excluded.effective_end, start_offset = excluded.start_offset,
          end_offset = excluded.end_offset, value = excluded.value, details = excluded.details,
          provider = excluded.provider, source = excluded.source, device = excluded.device,
          datasheet = excluded.datasheet, raw_object_id = excluded.raw_object_id, status = 'amended',
          missing_since = null, updated_at = clock_timestamp()
      where ((o.data_source_id, o.effective_start, o.effective_end, o.start_offset, o.end_offset, o.value,
              o.details::text, o.datasheet)
             is distinct from
             (excluded.data_source_id, excluded.effective_start, excluded.effective_end, excluded.start_offset,
              excluded.end_offset, excluded.value, excluded.details::text, excluded.datasheet)
             -- What was taken for an error and is shown again was none.
             or o.status = 'entered-in-error')
        and not ${isFromLater(sql, sql`excluded.raw_object_id`)}
      returning xmax = 0 as created
    ), superseded as (
      ${retiring(sql, page)}
    ), refused as (
      insert into dead_letters as l (patient_id, series, data_type, reason, detail, fingerprint, original)
      select ${page.patientId}, r.series, r."dataType", r.reason, r.detail, decode(r.fingerprint, 'hex'), decode(r.original, 'hex')
      from json_to_recordset(${JSON.stringify(refusals)}::text::json) as r(
        series text, "dataType" text, reason text, detail text, fingerprint text, original text), guard
      order by r.fingerprint
      on conflict (patient_id, fingerprint) do update
      set seen_count = l.seen_count + 1, last_seen_at = clock_timestamp(), reason = excluded.reason,
          detail = excluded.detail
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
    ), forgotten as (
      -- A page that held the value from before must be converted again; one that is being remembered now is newer.
      delete from page_fingerprints f
      using (
        select k.page from page_fingerprints k
        where k.patient_id = ${page.patientId} and k.page is distinct from ${page.remember?.page ?? null}::bytea
          and exists (select 1 from written where not created)
        for update skip locked
      ) known
      where f.patient_id = ${page.patientId} and f.page = known.page
    ), remembered as (
      insert into page_fingerprints as f (patient_id, page, fingerprint)
      select ${page.patientId}, ${page.remember?.page ?? null}::bytea, ${page.remember?.fingerprint ?? null}::bytea
      from guard
      where ${page.remember !== undefined} and (select count(*) from permitted) = ${rows.length}
      on conflict (patient_id, page) do update
      set fingerprint = excluded.fingerprint, seen_at = clock_timestamp()
    )
    select not exists (select 1 from guard) as stale,
           (select count(*) from written where created)::integer as created,
           (select count(*) from written where not created)::integer as amended,
           ((select count(*) from permitted) - (select count(*) from written))::integer as unchanged,
           (${rows.length} - (select count(*) from permitted))::integer as withheld,
           (select count(*) from superseded)::integer as retired`,
  );
}

/** Whether an observation `o` came from a raw object that was fetched after this one. */
function isFromLater(sql: Sql, rawObjectId: PendingQuery<Row[]>) {
  return sql`exists (
          select 1 from raw_objects earlier, raw_objects later
          where earlier.id = ${rawObjectId} and later.id = o.raw_object_id and later.fetched_at > earlier.fetched_at)`;
}

function retiring(sql: Sql, page: PageWrite) {
  if (page.complete !== undefined) return superseding(sql, page, page.complete);
  const { deleted = [] } = page;
  return deleted.length === 0 ? sql`select where false` : ending(sql, page, deleted);
}

/** Ends what was deleted at its source. It stays with the object that says so: an earlier one does not bring it back. */
function ending(
  sql: Sql,
  { patientId, identifierSystem, rawObjectId }: PageWrite,
  deleted: readonly string[],
) {
  const objectId = sql`${rawObjectId ?? null}::bigint`;
  return sql`
      update observations o
      set status = 'entered-in-error', raw_object_id = ${objectId}, updated_at = clock_timestamp()
      from guard
      where o.patient_id = ${patientId} and o.identifier = any(${deleted as string[]}::uuid[])
        and o.identifier_system = ${identifierSystem} and o.status <> 'entered-in-error'
        and o.identifier not in (select identifier from measured)
        and not ${isFromLater(sql, objectId)}
      returning o.id`;
}

/** Ends what the page replaces: sessions that it does not show any more and that one of its own overlaps. */
function superseding(
  sql: Sql,
  { patientId, identifierSystem }: PageWrite,
  { series, from, to }: CompleteRecords,
) {
  return sql`
      update observations o set status = 'entered-in-error', updated_at = clock_timestamp()
      from guard
      where o.patient_id = ${patientId} and o.concept_id = any(array(select concept_id from permitted))
        and o.series = ${series} and o.status <> 'entered-in-error' and o.identifier_system = ${identifierSystem}
        and o.effective_start >= ${from}::timestamptz and o.effective_end < ${to}::timestamptz
        and o.identifier not in (select identifier from measured)
        and exists (
          select 1 from permitted r
          where r.data_type = o.data_type and r.provider = o.provider
            and r.effective_start < o.effective_end and o.effective_start < r.effective_end)
      returning o.id`;
}
