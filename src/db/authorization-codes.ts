import type { Sql } from './sql.js';

export interface NewCode {
  readonly invitationHash: Buffer;
  readonly codeHash: Buffer;
  readonly codeChallenge: string;
  readonly redirectUri: string;
  readonly validSeconds: number;
  /** How long after the first redemption a code that was never exchanged may be replaced. */
  readonly windowHours: number;
}

export interface RedeemedForCode {
  readonly invitationId: number;
  readonly patientId: number;
  readonly clientId: string;
  readonly expiresAt: Date;
}

/**
 * The single use of an invitation by an API client: one conditional update, and the code that it yields. Redeeming again
 * works only when the code before has expired without being exchanged. Undefined when the invitation is not open.
 */
export async function redeemForCode(sql: Sql, code: NewCode): Promise<RedeemedForCode | undefined> {
  const [redeemed] = await sql<RedeemedForCode[]>`
    with redeemed as (
      update invitations i
      set status = 'redeemed', redeemed_at = coalesce(i.redeemed_at, now()),
          code_expires_at = now() + make_interval(secs => ${code.validSeconds})
      from clients c
      where (i.token_hash = ${code.invitationHash}
             or i.id = (select l.invitation_id from invitation_links l
                        where l.token_hash = ${code.invitationHash} and l.opens = 'invitation'))
        and c.id = i.client_id
        and (i.status = 'issued' and i.expires_at > now()
             or i.status = 'redeemed' and i.code_expires_at <= now()
                and i.redeemed_at > now() - make_interval(hours => ${code.windowHours}))
      returning i.id, i.patient_id, c.client_id, i.code_expires_at
    ), coded as (
      insert into authorization_codes (code_hash, invitation_id, code_challenge, redirect_uri, expires_at)
      select ${code.codeHash}, id, ${code.codeChallenge}, ${code.redirectUri}, code_expires_at from redeemed
      on conflict (invitation_id) do update
      set code_hash = excluded.code_hash, code_challenge = excluded.code_challenge,
          redirect_uri = excluded.redirect_uri, expires_at = excluded.expires_at
    )
    select id as "invitationId", patient_id as "patientId", client_id as "clientId", code_expires_at as "expiresAt"
    from redeemed`;
  return redeemed;
}

export interface AuthorizationCode {
  readonly invitationId: number;
  readonly userId: number;
  readonly clientId: string;
  readonly codeChallenge: string;
  readonly redirectUri: string;
  readonly expiresAt: Date;
  readonly isUsed: boolean;
}

export async function findCode(sql: Sql, codeHash: Buffer): Promise<AuthorizationCode | undefined> {
  const [code] = await sql<AuthorizationCode[]>`
    select i.id as "invitationId", p.user_id as "userId", c.client_id as "clientId",
           a.code_challenge as "codeChallenge", a.redirect_uri as "redirectUri", a.expires_at as "expiresAt",
           a.used_at is not null as "isUsed"
    from authorization_codes a
    join invitations i on i.id = a.invitation_id
    join clients c on c.id = i.client_id
    join patients p on p.id = i.patient_id
    where a.code_hash = ${codeHash}`;
  return code;
}

/** The single use of a code; false when somebody was faster. */
export async function spendCode(sql: Sql, codeHash: Buffer): Promise<boolean> {
  const result = await sql`
    with spent as (
      update authorization_codes set used_at = now()
      where code_hash = ${codeHash} and used_at is null and expires_at > now()
      returning invitation_id
    )
    update invitations i set code_expires_at = null from spent where i.id = spent.invitation_id`;
  return result.count === 1;
}
