import type { Sql } from './sql.js';

export interface Session {
  readonly userId: number;
  readonly patientId: number | null;
  readonly invitationId: number | null;
  readonly csrf: string;
}

/** What is known of a session before anybody is. */
export interface OpenedSession {
  readonly idHash: Buffer;
  readonly csrf: string;
  readonly lifetimeMinutes: number;
}

export interface NewSession extends OpenedSession {
  readonly userId: number;
  /** The stored hash that the password was compared with. */
  readonly passwordHash: string;
}

/**
 * Opens a session; only the hash of its id is kept. Answers false when the account has another password by now: a
 * change of the password at the same moment either waits for this and ends the session, or is seen here.
 */
export async function createSession(sql: Sql, session: NewSession): Promise<boolean> {
  const result = await sql`
    insert into sessions (id_hash, user_id, csrf, expires_at)
    select ${session.idHash}, id, ${session.csrf}, now() + make_interval(mins => ${session.lifetimeMinutes})
    from users where id = ${session.userId} and password_hash = ${session.passwordHash} for share`;
  return result.count === 1;
}

/** Whose erasure was asked for does not come in any more, also while nothing removes the session yet. */
const isNotErased = (sql: Sql) => sql`not exists (select from erasures e where e.patient_id = p.id)`;

/** The live session behind a cookie, marked as seen; undefined when it ended or was idle for too long. */
export async function touchSession(
  sql: Sql,
  idHash: Buffer,
  idleMinutes: number,
): Promise<Session | undefined> {
  const [session] = await sql<Session[]>`
    update sessions s set seen_at = now()
    from users u left join patients p on p.user_id = u.id
    where s.id_hash = ${idHash} and ${isNotErased(sql)} and u.id = s.user_id and s.expires_at > now()
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
      and s.seen_at > now() - make_interval(mins => ${idleMinutes}) and ${isNotErased(sql)}`;
  return session;
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

/** Ends all sessions of an account; answers how many of them were alive. */
export async function endSessionsOf(sql: Sql, userId: number): Promise<number> {
  const ended = await sql<{ alive: boolean }[]>`
    delete from sessions where user_id = ${userId} returning expires_at > now() as alive`;
  return ended.filter(({ alive }) => alive).length;
}

/** A live session as its owner sees it. */
export interface OwnSession {
  readonly openedAt: Date;
  readonly seenAt: Date;
  readonly endsAt: Date;
  readonly isThis: boolean;
}

/** The live sessions of an account, the newest first. */
export async function sessionsOf(
  sql: Sql,
  userId: number,
  idHash: Buffer,
  idleMinutes: number,
): Promise<OwnSession[]> {
  return sql<OwnSession[]>`
    select created_at as "openedAt", seen_at as "seenAt", expires_at as "endsAt", id_hash = ${idHash} as "isThis"
    from sessions
    where user_id = ${userId} and expires_at > now()
      and seen_at > now() - make_interval(mins => ${idleMinutes})
    order by created_at desc`;
}
