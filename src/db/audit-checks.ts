import type { Sql } from './sql.js';

/** A place in the chain of the audit trail, with the hash of the event there. */
export interface ChainPlace {
  readonly id: number;
  readonly hash: Buffer;
}

/** Why the chain is broken at an event. */
export type Break = 'changed' | 'missing' | 'not appended' | 'not as noted';

/** What a walk along the chain found. */
export interface Verified {
  /** How many events were found whole. */
  readonly events: number;
  /** The last event that is whole. */
  readonly end: ChainPlace;
  /** The first that is not; null: all of them are. */
  readonly broken: { readonly id: number; readonly why: Break } | null;
}

export async function saveAuditCheck(sql: Sql, { events, end, broken }: Verified): Promise<void> {
  await sql`
    insert into audit_checks (events, event_id, event_hash, broken_at, broken_why)
    values (${events}, ${end.id}, ${end.hash}, ${broken?.id ?? null}, ${broken?.why ?? null})`;
}

/** Where the chain ended when it was whole last; undefined when it never was looked at. */
export async function lastWholeEnd(sql: Sql): Promise<ChainPlace | undefined> {
  const [place] = await sql<ChainPlace[]>`
    select event_id as id, event_hash as hash from audit_checks
    where broken_at is null and event_id > 0 order by id desc limit 1`;
  return place;
}

/** What the newest check says of the trail. */
export interface AuditStanding {
  /** Null: it was never looked at. */
  readonly checkedAt: Date | null;
  readonly events: number;
  readonly broken: Verified['broken'];
  /** Since when nothing was looked at: since that check, or since the trail began. */
  readonly uncheckedSince: Date | null;
}

export async function auditStanding(sql: Sql): Promise<AuditStanding> {
  const [check] = await sql<
    { checkedAt: Date; events: number; brokenAt: number | null; brokenWhy: Break | null }[]
  >`
    select checked_at as "checkedAt", events, broken_at as "brokenAt", broken_why as "brokenWhy"
    from audit_checks order by id desc limit 1`;
  if (check === undefined) {
    const [first] = await sql<{ at: Date }[]>`select at from audit_events order by id limit 1`;
    return { checkedAt: null, events: 0, broken: null, uncheckedSince: first?.at ?? null };
  }
  const { checkedAt, events, brokenAt, brokenWhy } = check;
  const broken = brokenAt === null || brokenWhy === null ? null : { id: brokenAt, why: brokenWhy };
  return { checkedAt, events, broken, uncheckedSince: checkedAt };
}

/** By the event at which the trail is broken: where it goes on, as somebody found it who looked into it. */
export async function acknowledgedBreaks(sql: Sql): Promise<ReadonlyMap<number, ChainPlace>> {
  const rows = await sql<(ChainPlace & { brokenAt: number })[]>`
    select broken_at as "brokenAt", goes_on_at as id, goes_on_hash as hash from audit_acknowledgements`;
  return new Map(rows.map(({ brokenAt, ...place }) => [brokenAt, place]));
}

/** Lets checks go on behind a break; undefined when nothing follows that could be gone on from. */
export async function acknowledgeBreak(
  sql: Sql,
  { brokenAt, note, by }: { brokenAt: number; note: string; by: number | null },
): Promise<number | undefined> {
  const [place] = await sql<{ goesOnAt: number }[]>`
    insert into audit_acknowledgements (broken_at, goes_on_at, goes_on_hash, note, acknowledged_by)
    select ${brokenAt}, id, hash, ${note}, ${by} from audit_events where id >= ${brokenAt} order by id limit 1
    returning goes_on_at as "goesOnAt"`;
  return place?.goesOnAt;
}
