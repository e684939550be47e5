import { type Fragment, type PageOf, pageOf, type PageRequest } from './page.js';
import { only, type Sql } from './sql.js';

/** A study as the API tells it. */
export interface StudyRecord {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly organization: { readonly id: number; readonly name: string; readonly type: string };
  readonly iconUrl: string | null;
}

/** The same where the original tells the organization by its id. */
export interface WrittenStudy extends Omit<StudyRecord, 'organization'> {
  readonly organization: number;
}

const columns = (sql: Sql): Fragment => sql`
  s.id, s.name, s.description, json_build_object('id', o.id, 'name', o.name, 'type', o.type) as organization,
  s.icon_url as "iconUrl"`;
const writtenColumns = (sql: Sql): Fragment => sql`
  s.id, s.name, s.description, s.organization_id as organization, s.icon_url as "iconUrl"`;

export async function studyRecord(sql: Sql, id: number): Promise<StudyRecord | undefined> {
  const [study] = await sql<StudyRecord[]>`
    select ${columns(sql)} from studies s join organizations o on o.id = s.organization_id where s.id = ${id}`;
  return study;
}

/** Studies of these organizations by name. */
export async function pageOfStudies(
  sql: Sql,
  organizationIds: readonly number[],
  request: PageRequest,
): Promise<PageOf<StudyRecord>> {
  const matching = sql`
    select s.id from studies s where s.organization_id = any(${organizationIds as number[]}) order by s.name, s.id`;
  const row = sql`
    select ${columns(sql)} from studies s join organizations o on o.id = s.organization_id where s.id = m.id`;
  return pageOf(sql, matching, row, request);
}

export async function studiesOfOrganization(sql: Sql, organizationId: number): Promise<WrittenStudy[]> {
  return sql<WrittenStudy[]>`
    select ${writtenColumns(sql)} from studies s where s.organization_id = ${organizationId} order by s.name, s.id`;
}

export interface StudyFields extends Omit<WrittenStudy, 'id'> {
  /** How far back a consent reaches; absent: as it is, or the usual. */
  readonly historyDays?: number;
}

/** What of a study is to be changed; what is absent stays. */
export type StudyChange = { readonly [Field in keyof StudyFields]?: StudyFields[Field] | undefined };

export async function createStudy(sql: Sql, study: StudyFields): Promise<WrittenStudy> {
  return only(
    await sql<WrittenStudy[]>`
    insert into studies as s (organization_id, name, description, icon_url, history_days)
    values (${study.organization}, ${study.name}, ${study.description}, ${study.iconUrl},
            ${study.historyDays ?? sql`default`})
    returning ${writtenColumns(sql)}`,
  );
}

export async function changeStudy(
  sql: Sql,
  id: number,
  { organization, name, description, iconUrl, historyDays }: StudyChange,
): Promise<WrittenStudy> {
  return only(
    await sql<WrittenStudy[]>`
    update studies s
    set organization_id = ${organization ?? sql`s.organization_id`}, name = ${name ?? sql`s.name`},
        description = ${description ?? sql`s.description`}, history_days = ${historyDays ?? sql`s.history_days`},
        icon_url = ${iconUrl === undefined ? sql`s.icon_url` : iconUrl}, updated_at = now()
    where s.id = ${id} returning ${writtenColumns(sql)}`,
  );
}

/** Removes a study without a patient that ever was in it; answers false when there is one. */
export async function removeStudy(sql: Sql, id: number): Promise<boolean> {
  const result = await sql`
    with unused as (
      select s.id from studies s
      where s.id = ${id} and not exists (select from study_patients p where p.study_id = s.id)
        and not exists (select from consent_events e where e.study_id = s.id)
    ), scopes as (delete from study_scopes x using unused where x.study_id = unused.id),
       sources as (delete from study_data_sources x using unused where x.study_id = unused.id),
       used_clients as (delete from study_clients x using unused where x.study_id = unused.id),
       texts as (delete from consent_texts x using unused where x.study_id = unused.id)
    delete from studies s using unused where s.id = unused.id`;
  return result.count === 1;
}
