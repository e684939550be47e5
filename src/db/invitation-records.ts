import type { InvitationStatus } from './invitations.js';
import { type Fragment, type PageOf, pageOf, type PageRequest } from './page.js';
import type { Sql } from './sql.js';

/** An invitation as the API tells it; never its token. */
export interface InvitationRecord {
  readonly id: number;
  readonly patientId: number;
  readonly client_id: number;
  readonly tokenHash: string;
  readonly token: null;
  readonly status: InvitationStatus;
  readonly lastUpdated: string;
}

/** The columns of a record of invitation `i`. */
export const invitationColumns = (sql: Sql): Fragment => sql`
  i.id, i.patient_id as "patientId", i.client_id,
  rtrim(translate(encode(i.token_hash, 'base64'), '+/', '-_'), '=') as "tokenHash", null as token,
  case when i.status = 'issued' and i.expires_at <= now() then 'expired' else i.status end as status,
  to_char(coalesce(i.redeemed_at, i.issued_at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "lastUpdated"`;

export async function findInvitation(sql: Sql, id: number): Promise<InvitationRecord | undefined> {
  const [invitation] = await sql<InvitationRecord[]>`
    select ${invitationColumns(sql)} from invitations i where i.id = ${id}`;
  return invitation;
}

/** Invitations of the patients of these organizations, newest first. */
export async function pageOfInvitations(
  sql: Sql,
  organizationIds: readonly number[],
  request: PageRequest,
): Promise<PageOf<InvitationRecord>> {
  const matching = sql`
    select i.id from invitations i
    where exists (select from organization_patients op where op.patient_id = i.patient_id
                  and op.organization_id = any(${organizationIds as number[]}))
    order by i.id desc`;
  const row = sql`select ${invitationColumns(sql)} from invitations i where i.id = m.id`;
  return pageOf(sql, matching, row, request);
}
