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

export async function endSession(sql: Sql, idHash: Buffer): Promise<void> {
  await sql`delete from sessions where id_hash = ${idHash}`;
}
