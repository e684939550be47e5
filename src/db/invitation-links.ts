import type { Sql } from './sql.js';

/** What a letter about an invitation needs; `status` decides what its link opens. */
export interface Addressee {
  readonly patientId: number;
  readonly email: string;
  readonly nameGiven: string;
  readonly language: 'en' | 'es';
  readonly timeZone: string;
  readonly organization: string;
  readonly invitedBy: string;
  readonly invitationUrl: string;
  readonly status: 'issued' | 'reissued' | 'redeemed' | 'cancelled' | 'expired';
  readonly expiresAt: Date;
}

/** Whom a letter about this invitation goes to, and from whom; undefined without such an invitation. */
export async function addresseeOf(sql: Sql, invitationId: number): Promise<Addressee | undefined> {
  const [addressee] = await sql<Addressee[]>`
    select p.id as "patientId", u.email, u.name_given as "nameGiven", p.language, p.time_zone as "timeZone",
           coalesce((select o.name from organization_patients op join organizations o on o.id = op.organization_id
                     where op.patient_id = p.id order by o.id limit 1), '') as organization,
           trim(by.name_given || ' ' || by.name_family) as "invitedBy", c.invitation_url as "invitationUrl",
           case when i.status = 'issued' and i.expires_at <= now() then 'expired' else i.status end as status,
           i.expires_at as "expiresAt"
    from invitations i
    join patients p on p.id = i.patient_id
    join users u on u.id = p.user_id
    join users by on by.id = i.issued_by
    join clients c on c.id = i.client_id
    where i.id = ${invitationId}`;
  return addressee;
}

/** Adds a link of a letter's own: to an open invitation as long as that is open, or to a session for a while. */
export async function addLink(
  sql: Sql,
  link: { readonly tokenHash: Buffer; readonly invitationId: number; readonly sessionHours: number },
): Promise<void> {
  await sql`
    insert into invitation_links (token_hash, invitation_id, opens, expires_at)
    select ${link.tokenHash}, i.id, case when i.status = 'redeemed' then 'session' else 'invitation' end,
           case when i.status = 'redeemed' then clock_timestamp() + make_interval(hours => ${link.sessionHours})
                else i.expires_at end
    from invitations i where i.id = ${link.invitationId}`;
}

/** A link into the pages of a patient who redeemed before. */
export interface SessionLink {
  readonly invitationId: number;
  readonly patientId: number;
  readonly isOpen: boolean;
}

/** The session link behind a token hash, used or not; undefined when it is none. */
export async function findSessionLink(sql: Sql, tokenHash: Buffer): Promise<SessionLink | undefined> {
  const [link] = await sql<SessionLink[]>`
    select l.invitation_id as "invitationId", i.patient_id as "patientId",
           l.used_at is null and l.expires_at > now() as "isOpen"
    from invitation_links l join invitations i on i.id = l.invitation_id
    where l.token_hash = ${tokenHash} and l.opens = 'session'`;
  return link;
}

/**
 * Whether a reminder makes sense for this patient: enrolled, not connected in another way, and not somebody who
 * answered and agreed to nothing.
 */
export async function isReminded(sql: Sql, patientId: number): Promise<boolean> {
  const [row] = await sql<{ yes: boolean }[]>`
    select exists (select 1 from study_patients where patient_id = ${patientId})
       and not exists (select 1 from connections where patient_id = ${patientId} and status = 'active')
       and (exists (select 1 from standing_consents where patient_id = ${patientId} and decision = 'agreed')
            or not exists (select 1 from standing_consents where patient_id = ${patientId})) as yes`;
  return row?.yes ?? false;
}

/** Whose link this is or was, in whatever state; undefined: nobody's. */
export async function patientOfToken(sql: Sql, tokenHash: Buffer): Promise<number | undefined> {
  const [row] = await sql<{ patientId: number }[]>`
    select patient_id as "patientId" from invitations
    where token_hash = ${tokenHash}
       or id = (select invitation_id from invitation_links where token_hash = ${tokenHash})`;
  return row?.patientId;
}
