import { invitationColumns, type InvitationRecord } from './invitation-records.js';
import type { Sql } from './sql.js';

export interface ClientOfPatient {
  readonly id: number;
  readonly name: string;
  readonly clientId: string;
  readonly invitationUrl: string;
  readonly patientInvitations: readonly InvitationRecord[];
}

/** The clients of a patient's studies by id, each with the patient's invitations to it, newest first. */
export async function consolidatedClients(sql: Sql, patientId: number): Promise<ClientOfPatient[]> {
  return sql<ClientOfPatient[]>`
    select c.id, c.name, c.client_id as "clientId", c.invitation_url as "invitationUrl",
           coalesce((
             select json_agg(told order by told.id desc)
             from (select ${invitationColumns(sql)} from invitations i
                   where i.client_id = c.id and i.patient_id = ${patientId}) told), '[]') as "patientInvitations"
    from clients c
    where exists (select from study_clients sc join study_patients sp on sp.study_id = sc.study_id
                  where sc.client_id = c.id and sp.patient_id = ${patientId})
    order by c.id`;
}
