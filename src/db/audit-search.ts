import type { AuditActor, AuditOutcome } from './audit-events.js';
import type { Fragment } from './page.js';
import type { Sql } from './sql.js';

/** A recorded event, as far as the organizations of whoever reads it are concerned. */
export interface AuditLine {
  readonly id: number;
  readonly at: Date;
  readonly actorKind: AuditActor['kind'];
  readonly actorId: number | null;
  /** Null also when there is no such account any more. */
  readonly actorName: string | null;
  readonly action: string;
  readonly why: string;
  readonly outcome: AuditOutcome;
  readonly accountId: number | null;
  readonly accountName: string | null;
  readonly requestId: string | null;
  readonly address: string | null;
  /** The patients of these organizations, each once. */
  readonly patients: readonly number[];
}

/** Above any id. */
const ENDLESS = Number.MAX_SAFE_INTEGER;

export interface AuditSearch {
  /** Only what concerns them, and of it only their patients; null: everything. */
  readonly organizationIds: readonly number[] | null;
  readonly patientId?: number | null;
  readonly actorId?: number | null;
  /** From this moment on, and before that one. */
  readonly from?: Date | null;
  readonly until?: Date | null;
  /** Only those before this event: the next page. */
  readonly before?: number | null;
  readonly limit: number;
}

/** Recorded events, the newest first. Each way in follows an index from the newest on and stops when the page is full. */
export async function auditLines(sql: Sql, search: AuditSearch): Promise<AuditLine[]> {
  const { organizationIds: mine, limit } = search;
  const ours = mine === null ? sql`true` : sql`s.organization_id = any(${[...mine]})`;
  return sql<AuditLine[]>`
    with found as materialized (${matching(sql, search)})
    select e.id, e.at, e.actor_kind as "actorKind", e.actor_id as "actorId", e.action, e.why, e.outcome,
           e.account_id as "accountId", e.request_id as "requestId", e.address,
           nullif(concat_ws(' ', actor.name_given, actor.name_family), '') as "actorName",
           nullif(concat_ws(' ', account.name_given, account.name_family), '') as "accountName",
           array(select distinct s.patient_id from audit_subjects s
                 where s.event_id = e.id and s.patient_id is not null and ${ours} order by s.patient_id) as patients
    from found f join audit_events e on e.id = f.id
    left join users actor on actor.id = e.actor_id and actor.kind = 'practitioner'
    left join users account on account.id = e.account_id and account.kind = 'practitioner'
    order by e.id desc limit ${limit}`;
}

/** The ids of the page, by the filter that leaves the fewest. */
function matching(sql: Sql, search: AuditSearch): Fragment {
  const { organizationIds: mine, patientId = null, actorId = null, limit } = search;
  const ids = bounds(sql, search);
  const ofActor = actorId === null ? sql`true` : sql`e.actor_id = ${actorId}`;
  const ours = mine === null ? sql`true` : sql`s.organization_id = any(${[...mine]})`;
  if (patientId !== null)
    return sql`
      select s.event_id as id from audit_subjects s join audit_events e on e.id = s.event_id
      where s.patient_id = ${patientId} and ${ours} and ${ofActor} and s.event_id ${ids}
      group by s.event_id order by s.event_id desc limit ${limit}`;
  if (mine === null)
    return sql`select e.id from audit_events e where ${ofActor} and e.id ${ids} order by e.id desc limit ${limit}`;
  if (actorId !== null)
    return sql`
      select a.id from (
        select e.id from audit_events e where ${ofActor} and e.id ${ids} order by e.id desc offset 0
      ) a
      where exists (select 1 from audit_subjects s where s.event_id = a.id and ${ours})
      order by a.id desc limit ${limit}`;
  return sql`
    select distinct id from unnest(${[...mine]}::integer[]) as o (organization_id) cross join lateral (
      select s.event_id as id from audit_subjects s
      where s.organization_id = o.organization_id and s.event_id ${ids}
      group by s.event_id order by s.event_id desc limit ${limit}
    ) newest
    order by id desc limit ${limit}`;
}

/** What the ids of the page lie between: times are spans of ids, since ids are given in the order of time. */
function bounds(sql: Sql, { from = null, until = null, before = null }: AuditSearch): Fragment {
  const firstSince = (time: Date) =>
    sql`(select id from audit_events where at >= ${time} order by at, id limit 1)`;
  const low = from === null ? sql`1` : sql`coalesce(${firstSince(from)}, ${ENDLESS}::bigint)`;
  const high =
    until === null ? sql`${ENDLESS}::bigint` : sql`coalesce(${firstSince(until)}, ${ENDLESS}::bigint)`;
  return sql`between ${low} and least(${high}, ${before ?? ENDLESS}::bigint) - 1`;
}
