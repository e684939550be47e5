import type { Fragment } from './page.js';
import type { TimeSpan } from './readable-observations.js';
import type { Reader } from './readers.js';
import { type Sql, UTC_TEXT } from './sql.js';

/** What narrows a listing down; everything that is given must hold. */
export interface DirectoryFilter {
  readonly ids?: readonly number[];
  /** When the row was last changed. */
  readonly updated?: readonly TimeSpan[];
}

export interface PatientFilter extends DirectoryFilter {
  readonly studyId?: number;
  readonly organizationId?: number;
  readonly identifier?: { readonly system: string | null; readonly value: string };
  /** Beginnings of names, in any case. */
  readonly family?: string;
  readonly given?: string;
  readonly name?: string;
  readonly born?: readonly TimeSpan[];
}

/** Listings are by name, then id; one goes on beside a row: behind it, or in reverse, towards the first. */
export interface Listing {
  readonly limit: number;
  readonly beside?: { readonly key: string; readonly id: number };
  readonly isReverse?: boolean;
}

/** A row of a listing, with what the listing is ordered by and how many there are in all. */
export interface Listed {
  readonly id: number;
  readonly key: string;
  readonly total: number;
  /** As UTC text with microseconds. */
  readonly updatedUtc: string;
}

export interface ListedPatient extends Listed {
  readonly nameFamily: string;
  readonly nameGiven: string;
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly email: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
}

export interface ListedName extends Listed {
  readonly name: string;
}

/** The patients that a reader may see: themselves, or those of the practitioner's organizations; by family name. */
export async function listPatients(
  sql: Sql,
  reader: Reader,
  filter: PatientFilter,
  listing: Listing,
): Promise<ListedPatient[]> {
  const {
    studyId = null,
    organizationId = null,
    identifier,
    family = '',
    given = '',
    name = '',
    born = [],
  } = filter;
  return sql<ListedPatient[]>`
    with found as materialized (
      select p.id, u.name_family as key, u.name_family as "nameFamily", u.name_given as "nameGiven",
             p.birth_date as "birthDate", p.telecom_phone as phone, u.email,
             ${updatedUtc(sql, 'p')}
      from patients p join users u on u.id = p.user_id
      where ${
        reader.kind === 'patient'
          ? sql`p.id = ${reader.patientId}`
          : sql`exists (
              select from organization_patients m
              where m.patient_id = p.id and m.organization_id = any(${reader.organizationIds as number[]})
                and m.organization_id = coalesce(${organizationId}::integer, m.organization_id))
            and (${studyId}::integer is null or exists (
              select from study_patients e where e.patient_id = p.id and e.study_id = ${studyId ?? 0}))`
      } and ${isAsked(sql, 'p', filter)} and ${isDuring(sql, sql`p.birth_date`, born)}
        and starts_with(lower(u.name_family), lower(${family})) and starts_with(lower(u.name_given), lower(${given}))
        and (starts_with(lower(u.name_family), lower(${name})) or starts_with(lower(u.name_given), lower(${name})))
        and (${identifier === undefined} or exists (
          select from patient_identifiers i
          where i.patient_id = p.id and i.value = ${identifier?.value ?? ''}
            and i.system = coalesce(${identifier?.system ?? null}::text, i.system)))
    )
    select f.*, (select count(*) from found) as total,
           coalesce((select json_agg(json_build_object('system', i.system, 'value', i.value) order by i.id)
                     from patient_identifiers i where i.patient_id = f.id), '[]') as identifiers
    from found f ${partOf(sql, listing)}`;
}

/** The studies that a reader may see: those they are in, or those of the practitioner's organizations. */
export async function listStudies(
  sql: Sql,
  reader: Reader,
  filter: DirectoryFilter,
  listing: Listing,
): Promise<ListedName[]> {
  return sql<ListedName[]>`
    with found as materialized (
      select p.id, p.name as key, p.name, ${updatedUtc(sql, 'p')} from studies p
      where ${isVisibleStudy(sql, reader)} and ${isAsked(sql, 'p', filter)}
    )
    select f.*, (select count(*) from found) as total
    from found f ${partOf(sql, listing)}`;
}

/** The data sources of the studies that a reader may see. */
export async function listDataSources(
  sql: Sql,
  reader: Reader,
  filter: DirectoryFilter,
  listing: Listing,
): Promise<ListedName[]> {
  return sql<ListedName[]>`
    with found as materialized (
      select d.id, d.name as key, d.name, ${updatedUtc(sql, 'd')} from data_sources d
      where d.id in (
        select s.data_source_id from study_data_sources s join studies p on p.id = s.study_id
        where ${isVisibleStudy(sql, reader)}) and ${isAsked(sql, 'd', filter)}
    )
    select f.*, (select count(*) from found) as total
    from found f ${partOf(sql, listing)}`;
}

function isVisibleStudy(sql: Sql, reader: Reader) {
  return reader.kind === 'patient'
    ? sql`exists (select from study_patients e where e.study_id = p.id and e.patient_id = ${reader.patientId})`
    : sql`p.organization_id = any(${reader.organizationIds as number[]})`;
}

const updatedUtc = (sql: Sql, row: string) =>
  sql`to_char(${sql(row)}.updated_at, ${UTC_TEXT}) as "updatedUtc"`;

function isAsked(sql: Sql, row: string, { ids, updated = [] }: DirectoryFilter) {
  const hasId = ids === undefined ? sql`true` : sql`${sql(row)}.id = any(${ids as number[]})`;
  return sql`${hasId} and ${isDuring(sql, sql`${sql(row)}.updated_at`, updated)}`;
}

/** A time lies in each of the spans. */
function isDuring(sql: Sql, time: Fragment, spans: readonly TimeSpan[]) {
  return spans.reduce(
    (all, { from = null, after = null, to = null, before = null }) => sql`${all}
      and (${from}::text is null or ${time} >= ${from}::text::timestamptz)
      and (${after}::text is null or ${time} > ${after}::text::timestamptz)
      and (${to}::text is null or ${time} <= ${to}::text::timestamptz)
      and (${before}::text is null or ${time} < ${before}::text::timestamptz)`,
    sql`true`,
  );
}

function partOf(sql: Sql, { beside, limit, isReverse = false }: Listing) {
  const beyond = isReverse ? sql`<` : sql`>`;
  const along = isReverse ? sql`desc` : sql`asc`;
  const isAhead =
    beside === undefined ? sql`true` : sql`(f.key, f.id) ${beyond} (${beside.key}, ${beside.id}::integer)`;
  return sql`where ${isAhead} order by f.key ${along}, f.id ${along} limit ${limit}`;
}
