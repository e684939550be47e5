import { dataTypeOfCode, dataTypes } from '../omh/registry.js';
import type { Sql } from './sql.js';

/** Who reads: a patient, or a practitioner by the organizations whose studies they may see. */
export type Reader =
  | { readonly kind: 'patient'; readonly patientId: number }
  | { readonly kind: 'practitioner'; readonly organizationIds: readonly number[] };

/** A coding that a search asks for; without a system it is the code of any system. */
export interface CodeToken {
  readonly system: string | null;
  readonly code: string;
}

/** Whose and which observations: what narrows a search down before any row is looked at. */
export interface Scope {
  readonly patientId?: number;
  /** Only what this study was granted. A patient's own reading is not narrowed by it, nor by the organization. */
  readonly studyId?: number;
  /** Only what studies of this organization were granted. */
  readonly organizationId?: number;
  readonly codes?: readonly CodeToken[];
  /** Only these data types; of a code there may be several. */
  readonly dataTypes?: readonly string[];
  /** Only these observations. */
  readonly ids?: readonly number[];
}

/** The data type that comes with each code. */
const TYPE_OF_CODE = dataTypes
  .filter((type) => dataTypeOfCode(type.schemaId) === type)
  .map(({ coding, name }) => ({ code: coding.code, name }));

/**
 * The spans of recorded time that a reader may see: (place, patient_id, concept_id, starts_at, ends_at, kinds), where
 * `kinds` are pairs of data source and data type, null for all of them. Spans of one patient, concept and kind do not
 * overlap, so that nothing is found twice.
 *
 * A patient sees all of their own. A practitioner sees what an agreement that stands at this moment covers: of a study
 * of their organizations, for a patient of their organizations, by the same view that decides what may be written.
 */
export function readableSpans(sql: Sql, reader: Reader, scope: Scope) {
  return reader.kind === 'patient' ? ownSpans(sql, reader, scope) : grantedSpans(sql, reader, scope);
}

function ownSpans(sql: Sql, { patientId }: Reader & { kind: 'patient' }, scope: Scope) {
  const asked = scope.patientId ?? patientId;
  return sql`
    select row_number() over () as place, p.id as patient_id, c.id as concept_id,
           '-infinity'::timestamptz as starts_at, 'infinity'::timestamptz as ends_at, null::record[] as kinds
    from patients p cross join codeable_concepts c
    where p.id = ${patientId} and p.id = ${asked} and ${isAsked(sql, scope)}`;
}

function grantedSpans(sql: Sql, reader: Reader & { kind: 'practitioner' }, scope: Scope) {
  const { patientId = null, studyId = null, organizationId = null, ids } = scope;
  // Observations that are named are of few patients: nobody else's agreements are read.
  const isOfNamed =
    ids === undefined
      ? sql`true`
      : sql`v.patient_id = any(array(select patient_id from observations where id = any(${ids as number[]}::bigint[])))`;
  const organizations = reader.organizationIds.filter((id) => id === (organizationId ?? id));
  return sql`
    select row_number() over () as place, patient_id, concept_id,
           coalesce(lower(span), '-infinity') as starts_at, coalesce(upper(span), 'infinity') as ends_at, kinds
    from (
      select patient_id, concept_id, spans, array_agg(row(data_source_id, data_type)) as kinds
      from (
        select v.patient_id, v.concept_id, v.data_source_id, t.data_type,
               range_agg(tstzrange(v.starts_at, v.ends_at)) as spans
        from covered_intervals v
        join codeable_concepts c on c.id = v.concept_id
        left join json_to_recordset(${JSON.stringify(TYPE_OF_CODE)}::text::json) as k(code text, name text)
          on k.code = c.code
        cross join lateral unnest(array[coalesce(k.name, c.code)] || v.extra_data_types) as t(data_type)
        where v.study_id = any(array(
            select s.id from studies s
            where s.organization_id = any(${organizations}) and s.id = coalesce(${studyId}::integer, s.id)))
          and (${patientId === null} or v.patient_id = ${patientId ?? 0})
          and ${isOfNamed}
          and exists (
            select from organization_patients m
            where m.patient_id = v.patient_id and m.organization_id = any(${reader.organizationIds as number[]}))
          and (v.ends_at is null or v.starts_at < v.ends_at)
          and ${isAsked(sql, scope)}
        group by 1, 2, 3, 4
      ) granted
      group by 1, 2, 3
    ) alike cross join unnest(spans) as span`;
}

/** The concept `c` is asked for. IEEE codes are found under either system, since clients send them under Open mHealth's. */
function isAsked(sql: Sql, { codes, dataTypes: names }: Scope) {
  const ofTypes = dataTypes.filter(({ name }) => names?.includes(name)).map(({ coding }) => coding.code);
  const isOfTypes = names === undefined ? sql`true` : sql`c.code = any(${[...ofTypes, ...names]})`;
  if (codes === undefined) return isOfTypes;
  return sql`${isOfTypes} and exists (
    select from json_to_recordset(${JSON.stringify(codes)}::text::json) as a(system text, code text)
    where a.code = c.code and (coalesce(a.system, c.system) = c.system or a.code like 'ieee:%'))`;
}
