import type { Sql } from './sql.js';

/** A client that a study uses, or may use. */
export interface StudyClientLine {
  readonly id: number;
  readonly name: string;
  readonly clientId: string;
  readonly isUsed: boolean;
  /** Patients of the study who were invited through it. */
  readonly invited: number;
}

/** Every client, those of the study first. */
export async function studyClientChoices(sql: Sql, studyId: number): Promise<StudyClientLine[]> {
  return sql<StudyClientLine[]>`
    select c.id, c.name, c.client_id as "clientId", s.study_id is not null as "isUsed",
           (select count(distinct i.patient_id) from study_patients e join invitations i on i.patient_id = e.patient_id
              where e.study_id = ${studyId} and i.client_id = c.id) as invited
    from clients c left join study_clients s on s.client_id = c.id and s.study_id = ${studyId}
    order by s.study_id is null, c.name, c.id`;
}

/** Makes these the clients of the study. */
export async function setStudyClients(
  sql: Sql,
  studyId: number,
  clientIds: readonly number[],
): Promise<void> {
  await sql`
    with gone as (
      delete from study_clients where study_id = ${studyId} and client_id <> all(${clientIds as number[]}::integer[])
    )
    insert into study_clients (study_id, client_id)
    select ${studyId}, id from clients where id = any(${clientIds as number[]}::integer[])
    on conflict do nothing`;
}
