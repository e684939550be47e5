import type { CoveredInterval } from '../consent.js';
import type { ConnectionStatus } from './connections.js';
import type { Cursor } from './cursors.js';
import type { Patient } from './patients.js';
import type { Sql } from './sql.js';

/** What decides about a read of one patient, all as of one moment. */
export interface ReadStart {
  readonly patient: Pick<Patient, 'id' | 'reference' | 'timeZone' | 'owUserId'>;
  readonly intervals: readonly CoveredInterval[];
  /** As Open Wearables last showed them. */
  readonly connections: readonly { readonly provider: string; readonly status: ConnectionStatus }[];
  readonly cursors: readonly Cursor[];
}

/** As JSON tells it: times as text. */
type Told<Part> = {
  readonly [Key in keyof Part]: Part[Key] extends Date
    ? string
    : Part[Key] extends Date | null
      ? string | null
      : Part[Key];
};

/**
 * A read of this patient begins: what marks the patient from now on asks for another one, and messages are gathered until
 * it ends. One statement, since every poll asks it of everybody who is due. Undefined: there is no such patient.
 */
export async function beginRead(sql: Sql, patientId: number): Promise<ReadStart | undefined> {
  const [row] = await sql<
    (ReadStart['patient'] & {
      readonly intervals: readonly Told<CoveredInterval>[];
      readonly connections: ReadStart['connections'];
      readonly cursors: readonly Told<Cursor>[];
    })[]
  >`
    with gathering as (
      insert into nudges (patient_id) select id from patients where id = ${patientId}
      on conflict (patient_id) do update set nudged_at = excluded.nudged_at, is_again = false
      returning patient_id
    ), due as (
      update due_patients d set reading_since = clock_timestamp() from gathering g where d.patient_id = g.patient_id
    )
    select p.id, p.reference, p.time_zone as "timeZone", p.ow_user_id as "owUserId",
           (select coalesce(json_agg(json_build_object(
              'studyId', v.study_id, 'code', c.code, 'provider', d.provider, 'startsAt', v.starts_at,
              'endsAt', v.ends_at, 'extraDataTypes', v.extra_data_types)), '[]')
            from covered_intervals v
            join codeable_concepts c on c.id = v.concept_id
            join data_sources d on d.id = v.data_source_id
            where v.patient_id = p.id and d.provider is not null) as intervals,
           (select coalesce(json_agg(json_build_object('provider', provider, 'status', status)), '[]')
            from connections where patient_id = p.id) as connections,
           (select coalesce(json_agg(json_build_object(
              'series', series, 'coveredFrom', covered_from, 'coveredTo', covered_to, 'position', position)), '[]')
            from cursors where patient_id = p.id) as cursors
    from patients p where p.id = ${patientId}`;
  if (row === undefined) return undefined;
  const { intervals, connections, cursors, ...patient } = row;
  return {
    ...{ patient, connections },
    intervals: intervals.map((interval) => ({
      ...interval,
      startsAt: new Date(interval.startsAt),
      endsAt: interval.endsAt === null ? null : new Date(interval.endsAt),
    })),
    cursors: cursors.map((cursor) => ({
      ...cursor,
      coveredFrom: new Date(cursor.coveredFrom),
      coveredTo: new Date(cursor.coveredTo),
      position: cursor.position === null ? null : new Date(cursor.position),
    })),
  };
}
