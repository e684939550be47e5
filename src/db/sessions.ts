import type { Sql } from './sql.js';

export interface Session {
  readonly userId: number;
  readonly patientId: number | null;
  readonly invitationId: number | null;
  readonly csrf: string;
}

export interface NewSession {
  readonly idHash: Buffer;
  readonly userId: number;
  readonly invitationId: number | null;
  readonly csrf: string;
  readonly lifetimeMinutes: number;
}

/** Opens a session; only the hash of its id is kept. */
export async function createSession(sql: Sql, session: NewSession): Promise<void> {
  await sql`
    insert into sessions (id_hash, user_id, invitation_id, csrf, expires_at)
    values (${session.idHash}, ${session.userId}, ${session.invitationId}, ${session.csrf},
            now() + make_interval(mins => ${session.lifetimeMinutes}))`;
}

/** The live session behind a cookie, marked as seen; undefined when it ended or was idle for too long. */
export async function touchSession(
  sql: Sql,
  idHash: Buffer,
  idleMinutes: number,
): Promise<Session | undefined> {
  const [session] = await sql<Session[]>`
    update sessions s set seen_at = now()
    from users u left join patients p on p.user_id = u.id
    where s.id_hash = ${idHash} and u.id = s.user_id and s.expires_at > now()
      and s.seen_at > now() - make_interval(mins => ${idleMinutes})
    returning s.user_id as "userId", p.id as "patientId", s.invitation_id as "invitationId", s.csrf`;
  return session;
}

/** As `touchSession`, for a database that takes no writes: operators must see the pages that tell so. */
export async function readSession(
  sql: Sql,
  idHash: Buffer,
  idleMinutes: number,
): Promise<Session | undefined> {
  const [session] = await sql<Session[]>`
    select s.user_id as "userId", p.id as "patientId", s.invitation_id as "invitationId", s.csrf
    from sessions s join users u on u.id = s.user_id left join patients p on p.user_id = u.id
    where s.id_hash = ${idHash} and s.expires_at > now()
      and s.seen_at > now() - make_interval(mins => ${idleMinutes})`;
  return session;
}

/** What a link opens, together with its single use: a session of this id. */
export interface OpenedSession {
  readonly idHash: Buffer;
  readonly csrf: string;
  readonly lifetimeMinutes: number;
}

/** Who came in by a link. */
export interface Arrived {
  readonly invitationId: number;
  readonly patientId: number;
  readonly expiresAt: Date;
}

/**
 * The single use of a link of either kind, and the session it opens: both or none, in one statement. Undefined when
 * the link opens nothing any more.
 */
export async function arriveByLink(
  sql: Sql,
  tokenHash: Buffer,
  { idHash, csrf, lifetimeMinutes }: OpenedSession,
): Promise<Arrived | undefined> {
  const [arrived] = await sql<Arrived[]>`
    with redeemed as (
      update invitations i set status = 'redeemed', redeemed_at = now()
      where (i.token_hash = ${tokenHash}
             or i.id = (select l.invitation_id from invitation_links l
                        where l.token_hash = ${tokenHash} and l.opens = 'invitation'))
        and i.status = 'issued' and i.expires_at > now()
      returning i.id
    ), used as (
      update invitation_links l set used_at = now()
      where l.token_hash = ${tokenHash} and l.opens = 'session' and l.used_at is null and l.expires_at > now()
      returning l.invitation_id as id
    ), arrived as (
      select i.id, i.patient_id, i.expires_at, p.user_id
      from invitations i join patients p on p.id = i.patient_id
      where i.id in (select id from redeemed union all select id from used)
    ), opened as (
      insert into sessions (id_hash, user_id, invitation_id, csrf, expires_at)
      select ${idHash}, user_id, id, ${csrf}, now() + make_interval(mins => ${lifetimeMinutes}) from arrived
    )
    select id as "invitationId", patient_id as "patientId", expires_at as "expiresAt" from arrived`;
  return arrived;
}

/** Whether this session was opened a moment ago: the same form came twice. */
export async function justOpened(sql: Sql, idHash: Buffer): Promise<boolean> {
  const rows = await sql`
    select 1 from sessions
    where id_hash = ${idHash} and expires_at > now() and created_at > now() - interval '1 minute'`;
  return rows.length === 1;
}

export async function endSession(sql: Sql, idHash: Buffer): Promise<void> {
  await sql`delete from sessions where id_hash = ${idHash}`;
}
