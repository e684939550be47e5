import type { Reader } from './readers.js';
import type { Sql } from './sql.js';

/** What narrows a listing down; everything that is given must hold. */
export interface DirectoryFilter {
  readonly ids?: readonly number[];
}

export interface PatientFilter extends DirectoryFilter {
  readonly studyId?: number;
  readonly organizationId?: number;
  readonly identifier?: { readonly system: string | null; readonly value: string };
  /** Beginnings of names, in any case. */
  readonly family?: string;
  readonly given?: string;
  readonly name?: string;
  /** Ends are open when they are absent; `before` and `after` are outside. */
  readonly born?: readonly {
    readonly from?: string;
    readonly after?: string;
    readonly to?: string;
    readonly before?: string;
  }[];
}

/** Listings are by name, then id; one goes on behind a row. */
export interface Listing {
  readonly limit: number;
  readonly after?: { readonly key: string; readonly id: number };
}

/** A row of a listing, with what the listing is ordered by and how many there are in all. */
export interface Listed {
  readonly id: number;
  readonly key: string;
  readonly total: number;
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
  const birthdays = born.reduce(
    (all, { from, after, to, before }) => sql`${all}
      and (${from ?? null}::text is null or p.birth_date >= ${from ?? null}::text::timestamptz)
      and (${after ?? null}::text is null or p.birth_date > ${after ?? null}::text::timestamptz)
      and (${to ?? null}::text is null or p.birth_date <= ${to ?? null}::text::timestamptz)
      and (${before ?? null}::text is null or p.birth_date < ${before ?? null}::text::timestamptz)`,
    sql`true`,
  );
  return sql<ListedPatient[]>`
    with found as materialized (
      select p.id, u.name_family as key, u.name_family as "nameFamily", u.name_given as "nameGiven",
             p.birth_date as "birthDate", p.telecom_phone as phone, u.email
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
      } and ${hasId(sql, filter)} and ${birthdays}
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
    from found f where ${isBehind(sql, listing)} order by f.key, f.id limit ${listing.limit}`;
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
      select p.id, p.name as key, p.name from studies p
      where ${isVisibleStudy(sql, reader)} and ${hasId(sql, filter)}
    )
    select f.*, (select count(*) from found) as total
    from found f where ${isBehind(sql, listing)} order by f.key, f.id limit ${listing.limit}`;
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
      select d.id, d.name as key, d.name from data_sources d
      where d.id in (
        select s.data_source_id from study_data_sources s join studies p on p.id = s.study_id
        where ${isVisibleStudy(sql, reader)})
        and (${filter.ids === undefined} or d.id = any(${(filter.ids ?? []) as number[]}))
    )
    select f.*, (select count(*) from found) as total
    from found f where ${isBehind(sql, listing)} order by f.key, f.id limit ${listing.limit}`;
}

function isVisibleStudy(sql: Sql, reader: Reader) {
  return reader.kind === 'patient'
    ? sql`exists (select from study_patients e where e.study_id = p.id and e.patient_id = ${reader.patientId})`
    : sql`p.organization_id = any(${reader.organizationIds as number[]})`;
}

function hasId(sql: Sql, { ids }: DirectoryFilter) {
  return ids === undefined ? sql`true` : sql`p.id = any(${ids as number[]})`;
}

function isBehind(sql: Sql, { after }: Listing) {
  return after === undefined ? sql`true` : sql`(f.key, f.id) > (${after.key}, ${after.id}::integer)`;
}
