import { only, type Sql } from './sql.js';

export type InvitationStatus = 'issued' | 'reissued' | 'redeemed' | 'cancelled' | 'expired';

export interface Invitation {
  readonly id: number;
  readonly patientId: number;
  readonly clientId: number;
  readonly status: InvitationStatus;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export interface NewInvitation {
  readonly patientId: number;
  readonly clientId: number;
  readonly tokenHash: Buffer;
  readonly issuedBy: number;
  readonly validDays: number;
}

/** Supersedes the patient's open invitation for this client, if any, and issues a new one. */
export async function issueInvitation(
  sql: Sql,
  invitation: NewInvitation,
): Promise<{ issued: Invitation; superseded: number | null }> {
  const { patientId, clientId, tokenHash, issuedBy, validDays } = invitation;
  return sql.begin(async (transaction) => {
    const [superseded] = await transaction<{ id: number }[]>`
      update invitations set status = 'reissued'
      where patient_id = ${patientId} and client_id = ${clientId} and status = 'issued' returning id`;
    const issued = only(
      await transaction<Invitation[]>`
        insert into invitations (patient_id, client_id, token_hash, issued_by, expires_at)
        values (${patientId}, ${clientId}, ${tokenHash}, ${issuedBy}, now() + make_interval(days => ${validDays}))
        returning id, patient_id as "patientId", client_id as "clientId", status, issued_at as "issuedAt",
                  expires_at as "expiresAt"`,
    );
    return { issued, superseded: superseded?.id ?? null };
  });
}

/** Who invites, for what: shown before the patient decides to use the link. */
export interface InvitationOffer extends Invitation {
  readonly invitedBy: string;
  readonly studies: readonly { readonly name: string; readonly organization: string }[];
  readonly expired: boolean;
}

/** The invitation behind a token hash, whatever its state, or undefined. */
export async function findOffer(sql: Sql, tokenHash: Buffer): Promise<InvitationOffer | undefined> {
  const [offer] = await sql<InvitationOffer[]>`
    select i.id, i.patient_id as "patientId", i.client_id as "clientId", i.status, i.issued_at as "issuedAt",
           i.expires_at as "expiresAt", i.expires_at <= now() as expired,
           trim(u.name_given || ' ' || u.name_family) as "invitedBy",
           coalesce((
             select json_agg(json_build_object('name', s.name, 'organization', o.name) order by s.id)
             from study_patients sp join studies s on s.id = sp.study_id
             join organizations o on o.id = s.organization_id
             where sp.patient_id = i.patient_id), '[]') as studies
    from invitations i join users u on u.id = i.issued_by
    where i.token_hash = ${tokenHash}`;
  return offer;
}

/** The single use of an invitation: one conditional update. Undefined when it is not open any more. */
export async function redeemInvitation(
  sql: Sql,
  tokenHash: Buffer,
): Promise<{ id: number; patientId: number; userId: number } | undefined> {
  const [redeemed] = await sql<{ id: number; patientId: number; userId: number }[]>`
    update invitations i set status = 'redeemed', redeemed_at = now()
    from patients p
    where i.token_hash = ${tokenHash} and i.status = 'issued' and i.expires_at > now() and p.id = i.patient_id
    returning i.id, i.patient_id as "patientId", p.user_id as "userId"`;
  return redeemed;
}

/** Ends an open invitation; answers false when it was not open. */
export async function closeInvitation(
  sql: Sql,
  id: number,
  status: 'cancelled' | 'expired',
): Promise<boolean> {
  const result = await sql`update invitations set status = ${status} where id = ${id} and status = 'issued'`;
  return result.count === 1;
}

/** The invitation by which the patient came in last; undefined when none was redeemed. */
export async function redeemedInvitationOf(sql: Sql, patientId: number): Promise<number | undefined> {
  const [invitation] = await sql<{ id: number }[]>`
    select id from invitations where patient_id = ${patientId} and status = 'redeemed'
    order by redeemed_at desc limit 1`;
  return invitation?.id;
}
