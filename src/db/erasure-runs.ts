import { only, type Sql } from './sql.js';

/** What may run for a patient, by the numbers that its workflows are named after. */
export interface RunsOfPatient {
  readonly invitationIds: readonly number[];
  /** Attempts to connect that have not ended. */
  readonly attemptIds: readonly string[];
  readonly providers: readonly string[];
}

export async function runsToEnd(sql: Sql, patientId: number): Promise<RunsOfPatient> {
  return only(
    await sql<RunsOfPatient[]>`
    select array(select id from invitations where patient_id = ${patientId} order by id) as "invitationIds",
           array(select id::text from connect_attempts where patient_id = ${patientId} and outcome is null)
             as "attemptIds",
           array(select provider from connections where patient_id = ${patientId}
                 union select provider from connection_endings where patient_id = ${patientId}) as providers`,
  );
}
