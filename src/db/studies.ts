import type { ConnectionStatus } from './connections.js';
import type { SyncOutcome } from './patient-sync.js';
import type { Sql } from './sql.js';

export interface Study {
  readonly id: number;
  readonly name: string;
  readonly organizationId: number;
}

export async function findStudy(sql: Sql, studyId: number): Promise<Study | undefined> {
  const [study] = await sql<Study[]>`
    select id, name, organization_id as "organizationId" from studies where id = ${studyId}`;
  return study;
}

/** A study with its patients, as the overview of a practitioner shows it. */
export interface StudyOverview extends Study {
  readonly organization: string;
  readonly patients: readonly {
    readonly id: number;
    readonly name: string;
    readonly asked: number;
    readonly agreed: number;
    readonly answered: number;
    readonly connections: readonly { readonly provider: string; readonly status: ConnectionStatus }[];
    /** ISO time of the newest measurement of any kind. */
    readonly lastDataAt: string | null;
    /** What the newest poll found, and its ISO time. */
    readonly sync: { readonly outcome: SyncOutcome; readonly polledAt: string } | null;
  }[];
}

/** The studies of these organizations with each patient's state, ordered by id. */
export async function studyOverviews(sql: Sql, organizationIds: readonly number[]): Promise<StudyOverview[]> {
  return sql<StudyOverview[]>`
    select s.id, s.name, s.organization_id as "organizationId", o.name as organization,
           coalesce((
             select json_agg(json_build_object(
               'id', p.id, 'name', trim(u.name_given || ' ' || u.name_family),
               'asked', (select count(*) from study_scopes sc where sc.study_id = s.id),
               'agreed', (select count(*) from standing_consents e where e.study_id = s.id and e.patient_id = p.id
                          and e.decision = 'agreed'),
               'answered', (select count(*) from standing_consents e where e.study_id = s.id and e.patient_id = p.id),
               'connections', coalesce((
                 select json_agg(json_build_object('provider', c.provider, 'status', c.status) order by c.provider)
                 from connections c where c.patient_id = p.id), '[]'),
               'lastDataAt', (select max(b.effective_start) from observations b where b.patient_id = p.id),
               'sync', (select json_build_object('outcome', y.outcome, 'polledAt', y.polled_at)
                        from patient_sync y where y.patient_id = p.id)) order by p.id)
             from study_patients sp join patients p on p.id = sp.patient_id join users u on u.id = p.user_id
             where sp.study_id = s.id), '[]') as patients
    from studies s join organizations o on o.id = s.organization_id
    where s.organization_id = any(${organizationIds as number[]})
    order by s.id`;
}

/** Attaches a data source to a study; answers false when it already was. */
export async function attachDataSource(sql: Sql, studyId: number, dataSourceId: number): Promise<boolean> {
  const result = await sql`
    insert into study_data_sources (study_id, data_source_id) values (${studyId}, ${dataSourceId})
    on conflict do nothing`;
  return result.count === 1;
}

export interface DataSource {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly provider: string | null;
}

export async function dataSources(sql: Sql): Promise<DataSource[]> {
  return sql<DataSource[]>`select id, name, type, provider from data_sources order by name`;
}

/** The database row of a coding, or undefined when no seed or study knows it. */
export async function findConcept(sql: Sql, code: string): Promise<{ id: number; text: string } | undefined> {
  const [concept] = await sql<{ id: number; text: string }[]>`
    select id, text from codeable_concepts where code = ${code}`;
  return concept;
}
