import type { Client } from './clients.js';
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
  /** Whether the invitation itself goes out by mail. */
  readonly isMailed: boolean;
}

/** Supersedes the patient's open invitation for this client, if any, and issues a new one. */
export async function issueInvitation(
  sql: Sql,
  invitation: NewInvitation,
): Promise<{ issued: Invitation; superseded: number | null }> {
  const { patientId, clientId, tokenHash, issuedBy, validDays, isMailed } = invitation;
  return sql.begin(async (transaction) => {
    const [superseded] = await transaction<{ id: number }[]>`
      update invitations set status = 'reissued'
      where patient_id = ${patientId} and client_id = ${clientId} and status = 'issued' returning id`;
    const issued = only(
      await transaction<Invitation[]>`
        insert into invitations (patient_id, client_id, token_hash, issued_by, expires_at, is_mailed)
        values (${patientId}, ${clientId}, ${tokenHash}, ${issuedBy}, now() + make_interval(days => ${validDays}),
                ${isMailed})
        returning id, patient_id as "patientId", client_id as "clientId", status, issued_at as "issuedAt",
                  expires_at as "expiresAt"`,
    );
    return { issued, superseded: superseded?.id ?? null };
  });
}

/** The invitation, or undefined. */
export async function invitationOf(sql: Sql, id: number): Promise<Invitation | undefined> {
  const [invitation] = await sql<Invitation[]>`
    select id, patient_id as "patientId", client_id as "clientId", status, issued_at as "issuedAt",
           expires_at as "expiresAt"
    from invitations where id = ${id}`;
  return invitation;
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
    where i.token_hash = ${tokenHash} or i.id = ${invitationOfLink(sql, tokenHash)}`;
  return offer;
}

/** The invitation that a link belongs to, whatever it opens and whether it still does. */
export async function invitationBehind(sql: Sql, tokenHash: Buffer): Promise<number | undefined> {
  const [found] = await sql<{ id: number }[]>`
    select id from invitations where token_hash = ${tokenHash}
    union all
    select invitation_id from invitation_links where token_hash = ${tokenHash}
    limit 1`;
  return found?.id;
}

/** A letter's own link to an invitation, as a part of a statement. */
function invitationOfLink(sql: Sql, tokenHash: Buffer) {
  return sql`(select l.invitation_id from invitation_links l
              where l.token_hash = ${tokenHash} and l.opens = 'invitation')`;
}

/** Takes an open invitation back; answers false when it was not open. */
export async function withdrawInvitation(sql: Sql, id: number): Promise<boolean> {
  const result =
    await sql`update invitations set status = 'cancelled' where id = ${id} and status = 'issued'`;
  return result.count === 1;
}

/** The invitation by which the patient came in last; undefined when none was redeemed. */
export async function redeemedInvitationOf(sql: Sql, patientId: number): Promise<number | undefined> {
  const [invitation] = await sql<{ id: number }[]>`
    select id from invitations where patient_id = ${patientId} and status = 'redeemed'
    order by redeemed_at desc limit 1`;
  return invitation?.id;
}

/**
 * Ends an open invitation whose time is over; answers the status that stands then, or `declined` where it was redeemed
 * to say no.
 */
export async function expireInvitation(
  sql: Sql,
  id: number,
): Promise<InvitationStatus | 'declined' | 'unknown'> {
  const [row] = await sql<{ status: InvitationStatus | 'declined' }[]>`
    with ended as (update invitations set status = 'expired' where id = ${id} and status = 'issued' returning status)
    select status from ended
    union all
    select case when i.status = 'redeemed' and said.no then 'declined' else i.status end
    from invitations i
    cross join lateral (
      select count(*) > 0 and not bool_or(decision = 'agreed') as no
      from standing_consents where patient_id = i.patient_id) said
    where i.id = ${id} and not exists (select 1 from ended)`;
  return row?.status ?? 'unknown';
}

/** The invitation that a fresh link is for, with what a new one in its place needs. */
export interface Renewable {
  readonly id: number;
  readonly status: 'issued' | 'redeemed' | 'expired';
  readonly issuedBy: number;
  readonly client: Client;
}

/**
 * The newest invitation of this patient that is open or redeemed; without one, the newest of all if it expired.
 * Undefined: never invited, or taken back.
 */
export async function renewableOf(sql: Sql, patientId: number): Promise<Renewable | undefined> {
  const [row] = await sql<(Omit<Renewable, 'status'> & { status: InvitationStatus })[]>`
    select i.id, i.issued_by as "issuedBy", x.status,
           json_build_object('id', c.id, 'name', c.name, 'clientId', c.client_id, 'invitationUrl', c.invitation_url)
             as client
    from invitations i
    join clients c on c.id = i.client_id
    cross join lateral (
      select case when i.status = 'issued' and i.expires_at <= now() then 'expired' else i.status end as status) x
    where i.patient_id = ${patientId}
    order by x.status in ('issued', 'redeemed') desc, i.id desc limit 1`;
  if (row === undefined || row.status === 'cancelled' || row.status === 'reissued') return undefined;
  return { ...row, status: row.status };
}
