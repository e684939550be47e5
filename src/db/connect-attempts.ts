import { only, type Sql } from './sql.js';

export type AttemptOutcome = 'connected' | 'denied' | 'failed' | 'expired' | 'superseded';

export interface ConnectAttempt {
  readonly id: string;
  readonly patientId: number;
  readonly provider: string;
  readonly sessionHash: Buffer;
  readonly outcome: AttemptOutcome | null;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

export interface NewAttempt {
  readonly patientId: number;
  readonly provider: string;
  readonly sessionHash: Buffer;
  readonly returnHash: Buffer;
  readonly validMinutes: number;
}

/** Starts an attempt; the patient's open attempt, if any, is superseded (one at a time). */
export async function startAttempt(
  sql: Sql,
  attempt: NewAttempt,
): Promise<{ started: ConnectAttempt; superseded: string | null }> {
  const { patientId, provider, sessionHash, returnHash, validMinutes } = attempt;
  return sql.begin(async (transaction) => {
    await transaction`select 1 from patients where id = ${patientId} for no key update`;
    const [superseded] = await transaction<{ id: string }[]>`
      update connect_attempts set outcome = 'superseded', ended_at = clock_timestamp()
      where patient_id = ${patientId} and outcome is null returning id`;
    const started = only(
      await transaction<ConnectAttempt[]>`
        insert into connect_attempts (patient_id, provider, session_hash, return_hash, expires_at)
        values (${patientId}, ${provider}, ${sessionHash}, ${returnHash},
                clock_timestamp() + make_interval(mins => ${validMinutes}))
        returning id, patient_id as "patientId", provider, session_hash as "sessionHash", outcome,
                  started_at as "startedAt", expires_at as "expiresAt", ended_at as "endedAt"`,
    );
    return { started, superseded: superseded?.id ?? null };
  });
}

/** Whose attempt a vendor's return belongs to, while it can still be taken. */
export async function patientOfReturn(sql: Sql, returnHash: Buffer): Promise<number | undefined> {
  const [attempt] = await sql<{ patientId: number }[]>`
    select patient_id as "patientId" from connect_attempts
    where return_hash = ${returnHash} and returned_at is null`;
  return attempt?.patientId;
}

/** The attempt a vendor's return belongs to, found once: a second use of the same return finds nothing. */
export async function takeReturn(
  sql: Sql,
  returnHash: Buffer,
  sessionHash: Buffer,
): Promise<ConnectAttempt | undefined> {
  const [attempt] = await sql<ConnectAttempt[]>`
    update connect_attempts set returned_at = clock_timestamp()
    where return_hash = ${returnHash} and session_hash = ${sessionHash} and returned_at is null
    returning id, patient_id as "patientId", provider, session_hash as "sessionHash", outcome,
              started_at as "startedAt", expires_at as "expiresAt", ended_at as "endedAt"`;
  return attempt;
}

/**
 * The attempt whose return arrived in a browser that did not begin it; it has failed then, also when Open Wearables
 * had shown the connection before. Undefined when its own browser had come back already, or nobody began it.
 */
export async function failForeignReturn(
  sql: Sql,
  returnHash: Buffer,
  sessionHash: Buffer | null,
): Promise<{ id: string; patientId: number; provider: string } | undefined> {
  const [attempt] = await sql<{ id: string; patientId: number; provider: string }[]>`
    update connect_attempts
    set returned_at = clock_timestamp(), outcome = 'failed', ended_at = clock_timestamp()
    where return_hash = ${returnHash} and session_hash is distinct from ${sessionHash} and returned_at is null
    returning id, patient_id as "patientId", provider`;
  return attempt;
}

/** The patient's newest attempt, whatever became of it. */
export async function latestAttempt(sql: Sql, patientId: number): Promise<ConnectAttempt | undefined> {
  const [attempt] = await sql<ConnectAttempt[]>`
    select id, patient_id as "patientId", provider, session_hash as "sessionHash", outcome,
           started_at as "startedAt", expires_at as "expiresAt", ended_at as "endedAt"
    from connect_attempts where patient_id = ${patientId} order by started_at desc limit 1`;
  return attempt;
}

export async function findAttempt(sql: Sql, id: string): Promise<ConnectAttempt | undefined> {
  const [attempt] = await sql<ConnectAttempt[]>`
    select id, patient_id as "patientId", provider, session_hash as "sessionHash", outcome,
           started_at as "startedAt", expires_at as "expiresAt", ended_at as "endedAt"
    from connect_attempts where id = ${id}`;
  return attempt;
}

/**
 * Remembers where the patient signs in, for the page that leads there, and when Open Wearables had last changed the
 * connection by then.
 */
export async function saveAuthorizationUrl(
  sql: Sql,
  id: string,
  url: string,
  connectionBefore: string | null,
): Promise<void> {
  await sql`
    update connect_attempts set authorization_url = ${url}, connection_before = ${connectionBefore}
    where id = ${id} and outcome is null`;
}

/** What an attempt that has not ended waits for; the invitation is the one that its patient came in by last. */
export interface UnfinishedAttempt {
  readonly attemptId: string;
  readonly patientId: number;
  readonly provider: string;
  readonly expiresAt: Date;
  readonly connectionBefore: string | null;
  readonly invitationId: number | null;
}

/** Attempts that led to a vendor and have not ended, whether their time is over or not. */
export async function unfinishedAttempts(sql: Sql): Promise<UnfinishedAttempt[]> {
  return sql<UnfinishedAttempt[]>`
    select a.id as "attemptId", a.patient_id as "patientId", a.provider, a.expires_at as "expiresAt",
           a.connection_before as "connectionBefore",
           (select i.id from invitations i where i.patient_id = a.patient_id and i.status = 'redeemed'
            order by i.redeemed_at desc limit 1) as "invitationId"
    from connect_attempts a
    where a.outcome is null and a.authorization_url is not null
      and not exists (select from erasures x where x.patient_id = a.patient_id)
    order by a.started_at`;
}

/** The open attempt of this patient in this browser, with its sign-in address; undefined when there is none. */
export async function openAttempt(
  sql: Sql,
  patientId: number,
  sessionHash: Buffer,
): Promise<{ id: string; provider: string; authorizationUrl: string | null } | undefined> {
  const [attempt] = await sql<{ id: string; provider: string; authorizationUrl: string | null }[]>`
    select id, provider, authorization_url as "authorizationUrl" from connect_attempts
    where patient_id = ${patientId} and session_hash = ${sessionHash} and outcome is null
      and expires_at > clock_timestamp()`;
  return attempt;
}

/**
 * The attempt that a vendor's answer belongs to, by the state its sign-in address carries, even when the attempt has
 * ended: as long as Open Wearables may take the state, we must know which browser it is bound to.
 */
export async function attemptOfState(
  sql: Sql,
  state: string,
): Promise<{ id: string; sessionHash: Buffer; outcome: AttemptOutcome | null } | undefined> {
  const [attempt] = await sql<{ id: string; sessionHash: Buffer; outcome: AttemptOutcome | null }[]>`
    select id, session_hash as "sessionHash", outcome from connect_attempts
    where started_at > clock_timestamp() - interval '1 hour'
      and substring(authorization_url from '[?&]state=([^&]*)') = ${encodeURIComponent(state)}`;
  return attempt;
}

/** Ends an open attempt; an attempt that has ended keeps its first outcome. */
export async function endAttempt(sql: Sql, id: string, outcome: AttemptOutcome): Promise<void> {
  await sql`
    update connect_attempts set outcome = ${outcome}, ended_at = clock_timestamp()
    where id = ${id} and outcome is null`;
}
