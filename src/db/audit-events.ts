import { only, type Sql, UTC_TEXT } from './sql.js';

/** Who acts: an account, nobody who is signed in, whoever sits at the command line, or the service by itself. */
export type AuditActor =
  | { readonly kind: 'practitioner' | 'patient'; readonly userId: number }
  | { readonly kind: 'command line'; readonly userId: number | null }
  | { readonly kind: 'nobody' | 'service' };

/** `asked`: about to be changed; another event of the same request tells how it ended. */
export type AuditOutcome = 'asked' | 'allowed' | 'refused' | 'failed';

/** Whom an event concerns, by the ids of what names them. Their organizations need not be named. */
export interface AuditSubjects {
  readonly patients?: readonly number[];
  readonly organizations?: readonly number[];
  readonly studies?: readonly number[];
  readonly invitations?: readonly number[];
  readonly deadLetters?: readonly number[];
  /** Whose account it is about. */
  readonly account?: number | null;
}

/** What is to be recorded: ids and fixed words, never a name, an address of a person or a measurement. */
export interface AuditEvent extends AuditSubjects {
  readonly actor: AuditActor;
  readonly action: string;
  /** Through what: the pattern of an address, the words of a command, a workflow. */
  readonly why: string;
  readonly outcome: AuditOutcome;
  readonly requestId?: string | null;
  /** Of the machine that asked. */
  readonly address?: string | null;
  /** An event whose patients and organizations this one concerns as well. */
  readonly after?: number | null;
}

/**
 * Appends events to the chain and answers their ids. Never part of a transaction that does more: all others that record
 * wait for its end.
 */
export async function recordAuditEvents(sql: Sql, events: readonly AuditEvent[]): Promise<number[]> {
  const { ids } = only(
    await sql<{ ids: string[] }[]>`select record_audit_events(${sql.json(events.map(toldOf))}) as ids`,
  );
  return ids.map(Number);
}

function toldOf({ actor, ...event }: AuditEvent) {
  const {
    patients = [],
    organizations = [],
    studies = [],
    invitations = [],
    deadLetters = [],
    ...told
  } = event;
  const subjects = { patients, organizations, studies, invitations, deadLetters };
  return {
    ...told,
    ...Object.fromEntries(Object.entries(subjects).map(([kind, ids]) => [kind, [...ids]])),
    ...{ actorKind: actor.kind, actorId: 'userId' in actor ? actor.userId : null },
  };
}

/** An event as the chain has it: every field as the text that is hashed. */
export interface ChainedEvent {
  readonly id: number;
  readonly fields: readonly (string | null)[];
  readonly hash: Buffer;
}

/** The next events of the chain, in its order; as JSON, since this driver reads no null in an array. */
export async function chainedEvents(sql: Sql, afterId: number, limit: number): Promise<ChainedEvent[]> {
  return sql<ChainedEvent[]>`
    select id, hash,
           json_build_array(id::text, to_char(at at time zone 'UTC', ${UTC_TEXT}), actor_kind, actor_id::text, action,
                            why, outcome, account_id::text, request_id::text, address, audit_subjects_text(id)) as fields
    from audit_events where id > ${afterId} order by id limit ${limit}`;
}

/** The end of the chain, and the last event there is: they differ when somebody wrote past the one or the other. */
export interface AuditHead {
  readonly id: number;
  readonly hash: Buffer;
  readonly lastId: number;
}

export async function auditHead(sql: Sql): Promise<AuditHead> {
  return only(
    await sql<AuditHead[]>`
      select h.id, h.hash,
             greatest((select coalesce(max(id), 0) from audit_events),
                      (select coalesce(max(event_id), 0) from audit_subjects)) as "lastId"
      from audit_head h`,
  );
}
