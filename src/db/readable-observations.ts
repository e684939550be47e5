import { readableSpans, type Reader, type Scope } from './readers.js';
import { only, type Sql, UTC_TEXT } from './sql.js';

export type ObservationStatus = 'final' | 'amended' | 'entered-in-error';

/** A stored observation with what its renderings need; times as UTC text with microseconds. */
export interface ObservationRow {
  readonly id: number;
  readonly patientId: number;
  readonly userId: number;
  readonly dataSourceId: number;
  readonly dataSourceName: string;
  readonly status: ObservationStatus;
  readonly system: string;
  readonly code: string;
  readonly display: string;
  readonly dataType: string;
  readonly identifierSystem: string;
  readonly identifier: string;
  readonly startUtc: string;
  readonly startOffset: number;
  readonly endUtc: string | null;
  readonly endOffset: number | null;
  readonly value: number | null;
  readonly details: Record<string, unknown> | null;
  readonly datasheet: string | null;
  readonly updatedUtc: string;
  /** The data point that a client posted, as it came, and its identifiers; null for what was read from Open Wearables. */
  readonly posted: {
    readonly document: {
      readonly header: Readonly<Record<string, unknown>>;
      readonly body: Readonly<Record<string, unknown>>;
    };
    readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  } | null;
}

/** A span of time as ISO texts; an end that is absent is open. `from` and `to` are inside unless `after`, `before`. */
export interface TimeSpan {
  readonly from?: string;
  readonly after?: string;
  readonly to?: string;
  readonly before?: string;
}

/** What a reader asks for; everything that is given must hold. */
export interface ReadFilter extends Scope {
  /** The identifier's value, and its system unless any will do. */
  readonly identifiers?: readonly { readonly system: string | null; readonly value: string }[];
  /** Without it: all but what was entered in error. */
  readonly statuses?: readonly string[];
  /** When it was measured: some of the measurement lies in each of these spans. */
  readonly measured?: readonly TimeSpan[];
  /** When its row was last changed. */
  readonly updated?: readonly TimeSpan[];
}

/** By when it was measured or last changed; observations of one instant by id. */
export interface ReadOrder {
  readonly by: 'measured' | 'updated';
  readonly direction: 'newest first' | 'oldest first';
}

/** The place of an observation in an order: the time it is ordered by, with microseconds, and its id. */
export interface Position {
  readonly time: string;
  readonly id: number;
}

export interface Read extends ReadFilter {
  /** Default: by when it was measured, newest first; the order in which no correction moves an observation. */
  readonly order?: ReadOrder;
  readonly limit: number;
  /** Only what comes after this position. Rows that arrive meanwhile neither repeat nor hide another. */
  readonly after?: Position;
  /** Leaves out so many of the first rows; each costs as much as one that is answered. For small page numbers. */
  readonly skip?: number;
}

const NEWEST_MEASURED: ReadOrder = { by: 'measured', direction: 'newest first' };

/**
 * The observations that a reader may see at this moment, in the one statement that also reads what stands consented:
 * the only way by which observations leave this service. A patient sees all of their own; see `readableSpans` for
 * practitioners. The result is ordered, and at most `limit` long.
 */
export async function readObservations(sql: Sql, reader: Reader, read: Read): Promise<ObservationRow[]> {
  const words = wordsOf(sql, read);
  const { along } = words;
  const page = read.ids === undefined ? pageOfSpans(sql, read, words) : pageOfNamed(sql, read, words);
  return sql<ObservationRow[]>`
    with spans as materialized (${readableSpans(sql, reader, read)}
    ), ${page}
    select o.id, o.patient_id as "patientId", p.user_id as "userId", o.data_source_id as "dataSourceId",
           d.name as "dataSourceName", o.status, c.system, c.code, c.text as display, o.data_type as "dataType",
           o.identifier_system as "identifierSystem", o.identifier, to_char(o.effective_start, ${UTC_TEXT}) as "startUtc",
           o.start_offset as "startOffset", to_char(o.effective_end, ${UTC_TEXT}) as "endUtc",
           o.end_offset as "endOffset", o.value, o.details, o.datasheet,
           to_char(o.updated_at, ${UTC_TEXT}) as "updatedUtc",
           case when o.identifier_system = 'posted' then (
             select json_build_object('document', x.document, 'identifiers', coalesce((
               select json_agg(json_build_object('system', n.system, 'value', n.value) order by n.system, n.value)
               from posted_identifiers n where n.observation_id = o.id), '[]'))
             from posted_data_points x where x.observation_id = o.id) end as posted
    from page
    join observations o on o.id = page.id
    join patients p on p.id = o.patient_id
    join codeable_concepts c on c.id = o.concept_id
    join data_sources d on d.id = o.data_source_id
    order by page.time ${along}, page.id ${along}`;
}

/** What an order, and the position after which a page begins, are in words of SQL; of an observation `o`. */
function wordsOf(sql: Sql, { order = NEWEST_MEASURED, after }: Read) {
  const time = order.by === 'measured' ? sql`o.effective_start` : sql`o.updated_at`;
  const isNewest = order.direction === 'newest first';
  const beyond = isNewest ? sql`<` : sql`>`;
  const isAhead =
    after === undefined
      ? sql`true`
      : sql`(${time}, o.id) ${beyond} (${after.time}::text::timestamptz, ${after.id}::bigint)`;
  const [along, back] = isNewest ? [sql`desc`, sql`asc`] : [sql`asc`, sql`desc`];
  return { time, beyond, isAhead, along, back, reaches: isNewest ? sql`<=` : sql`>=` };
}

type Words = ReturnType<typeof wordsOf>;

/** The page (time, id) of observations that are named: each is looked up, and planning it is most of the work. */
function pageOfNamed(sql: Sql, read: Read, { time, isAhead, along }: Words) {
  return sql`page as (
      select ${time} as time, o.id from observations o join spans s on ${isWithin(sql)}
      where ${isMatching(sql, read)} and ${isAhead}
      order by 1 ${along}, 2 ${along} offset ${read.skip ?? 0} limit ${read.limit}
    )`;
}

/**
 * The page (time, id) of all that the spans hold. They are merged without reading each to the limit: a few rows of every
 * span tell how far back the page can reach at most, and only spans with more rows than that are read on.
 */
function pageOfSpans(sql: Sql, read: Read, { time, beyond, isAhead, along, back, reaches }: Words) {
  const skip = read.skip ?? 0;
  const wanted = read.limit + skip;
  const filter = sql`${isWithin(sql)} and ${isMatching(sql, read)}`;
  // The planner takes the bounds of a span for so narrow that it would rather read and sort all of it than walk along
  // the index of changes; inside of `case` it does not see them.
  const isHidden = read.order?.by === 'updated';
  const isRead = isHidden
    ? sql`o.patient_id = s.patient_id and o.concept_id = s.concept_id and case when ${filter} then true end`
    : filter;
  const isLikely = sql`case when ${isOfKind(sql)} and ${isMatching(sql, read)} then true end`;
  const isReadOn = isHidden ? isRead : sql`${isDuring(sql, read.measured)} and ${isLikely}`;
  return sql`share as (
      select least(${wanted}, 2 * ${wanted} / greatest(count(*), 1) + 3) as size from spans
    ), first as materialized (
      select s.place, r.time, r.id from spans s cross join lateral (
        select ${time} as time, o.id from observations o
        where ${isRead} and ${isAhead}
        order by ${time} ${along}, o.id ${along} limit (select size from share)) r
    ), reach as (
      select time, id from first order by time ${along}, id ${along} offset ${wanted - 1} limit 1
    ), unread as (
      select s.*, l.time as last_time, l.id as last_id
      from (
        select distinct on (place) place, time, id, count(*) over (partition by place) as taken
        from first order by place, time ${back}, id ${back}
      ) l
      join spans s using (place)
      where l.taken = (select size from share) and l.taken < ${wanted}
        and not exists (select from reach where (l.time, l.id) ${reaches} (reach.time, reach.id))
    ), page as (
      select time, id from first
      union all
      select r.time, r.id from unread s cross join lateral (
        select ${time} as time, o.id from observations o
        where ${isReadOn} and (${time}, o.id) ${beyond} (s.last_time, s.last_id)
        -- By a limit that it does not know and conditions that look likely, the planner walks along the index; else it
        -- would sort the whole span.
        order by ${time} ${along}, o.id ${along} limit (select ${wanted}::integer)) r
      order by time ${along}, id ${along} offset ${skip} limit ${read.limit}
    )`;
}

/** Where a row stands in an order: what a walk goes on after. It travels as text, since a Date has no microseconds. */
export function positionOf(row: ObservationRow, order: ReadOrder = NEWEST_MEASURED): Position {
  return { time: order.by === 'measured' ? row.startUtc : row.updatedUtc, id: row.id };
}

/** How many observations a reader may see at this moment; `null`: more than `atMost`, counting on would take too long. */
export async function countReadable(
  sql: Sql,
  reader: Reader,
  filter: ReadFilter,
  atMost = Number.MAX_SAFE_INTEGER,
): Promise<number | null> {
  const { count } = only(
    await sql<{ count: number }[]>`
    with spans as materialized (${readableSpans(sql, reader, filter)})
    select count(*) as count from (
      -- One look at the index for each span, however few rows the limit makes seem enough.
      select from spans s cross join lateral (
        select from observations o where ${isWithin(sql)} and ${isMatching(sql, filter)} offset 0) o
      limit ${atMost}::bigint + 1) found`,
  );
  return count > atMost ? null : count;
}

/** Whether observation `o` lies in span `s`. */
export function isWithin(sql: Sql) {
  return sql`${isDuring(sql)} and ${isOfKind(sql)}`;
}

/** The same, of any kind, some of it in each of these spans of time as well. */
function isDuring(sql: Sql, measured: readonly TimeSpan[] = []) {
  return measured
    .flatMap((span) => duringTests(sql, span, 'measured'))
    .reduce(
      (all, test) => sql`${all} and ${test}`,
      sql`
    o.patient_id = s.patient_id and o.concept_id = s.concept_id
    and o.effective_start >= s.starts_at and o.effective_start < s.ends_at`,
    );
}

function isOfKind(sql: Sql) {
  return sql`(s.kinds is null or row(o.data_source_id, o.data_type) = any(s.kinds))`;
}

function isMatching(sql: Sql, { dataTypes, ids, identifiers, statuses, measured, updated }: ReadFilter) {
  const tests = [
    statuses === undefined
      ? sql`o.status <> 'entered-in-error'`
      : sql`o.status = any(${statuses as string[]})`,
    ...(dataTypes === undefined ? [] : [sql`o.data_type = any(${dataTypes as string[]})`]),
    ...(ids === undefined ? [] : [sql`o.id = any(${ids as number[]}::bigint[])`]),
    ...(identifiers === undefined ? [] : [isIdentified(sql, identifiers)]),
    ...(measured ?? []).flatMap((span) => duringTests(sql, span, 'measured')),
    ...(updated ?? []).flatMap((span) => duringTests(sql, span, 'updated')),
  ];
  return tests.reduce((all, test) => sql`${all} and ${test}`);
}

/** By the identifiers that are ours, or by those of the client that posted it. */
function isIdentified(sql: Sql, identifiers: NonNullable<ReadFilter['identifiers']>) {
  const asked = sql`json_to_recordset(${JSON.stringify(identifiers)}::text::json) as i(system text, value text)`;
  return sql`(
    (o.identifier_system <> 'posted' and exists (
      select from ${asked}
      where i.value = o.identifier::text and coalesce(i.system, o.identifier_system) = o.identifier_system))
    or (o.identifier_system = 'posted' and exists (
      select from ${asked} join posted_identifiers n on n.value = i.value and n.system = coalesce(i.system, n.system)
      where n.observation_id = o.id)))`;
}

function duringTests(sql: Sql, { from, after, to, before }: TimeSpan, when: ReadOrder['by']) {
  const start = when === 'measured' ? sql`o.effective_start` : sql`o.updated_at`;
  const end = when === 'measured' ? sql`coalesce(o.effective_end, o.effective_start)` : start;
  return [
    ...(from === undefined ? [] : [sql`${end} >= ${from}::text::timestamptz`]),
    ...(after === undefined ? [] : [sql`${end} > ${after}::text::timestamptz`]),
    ...(to === undefined ? [] : [sql`${start} <= ${to}::text::timestamptz`]),
    ...(before === undefined ? [] : [sql`${start} < ${before}::text::timestamptz`]),
  ];
}
