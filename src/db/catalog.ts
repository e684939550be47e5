import type { Coding } from './patient-consents.js';
import { type Fragment, type PageOf, pageOf, type PageRequest } from './page.js';
import { only, type Sql } from './sql.js';

/** A data source as the API tells it. */
export interface DataSourceRecord {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly supportedScopes: readonly Coding[];
}

const columns = (sql: Sql): Fragment => sql`
  d.id, d.name, d.type,
  coalesce((
    select json_agg(json_build_object('id', c.id, 'codingSystem', c.system, 'codingCode', c.code, 'text', c.text)
                    order by c.text)
    from data_source_scopes ds join codeable_concepts c on c.id = ds.concept_id
    where ds.data_source_id = d.id), '[]') as "supportedScopes"`;

export async function findDataSource(sql: Sql, id: number): Promise<DataSourceRecord | undefined> {
  const [source] = await sql<
    DataSourceRecord[]
  >`select ${columns(sql)} from data_sources d where d.id = ${id}`;
  return source;
}

/** Data sources by name. */
export async function pageOfDataSources(sql: Sql, request: PageRequest): Promise<PageOf<DataSourceRecord>> {
  const matching = sql`select d.id from data_sources d order by d.name, d.id`;
  return pageOf(sql, matching, sql`select ${columns(sql)} from data_sources d where d.id = m.id`, request);
}

/** The data sources that a client brings, by name. */
export async function dataSourcesOfClient(sql: Sql, clientId: number): Promise<DataSourceRecord[]> {
  return sql<DataSourceRecord[]>`
    select ${columns(sql)} from client_data_sources x join data_sources d on d.id = x.data_source_id
    where x.client_id = ${clientId} order by d.name, d.id`;
}

/** All scopes there are, by text. */
export async function allScopes(sql: Sql): Promise<Coding[]> {
  return sql<Coding[]>`
    select id, system as "codingSystem", code as "codingCode", text from codeable_concepts order by text, id`;
}

export async function createDataSource(sql: Sql, name: string, type: string): Promise<number> {
  const rows = await sql<{ id: number }[]>`
    insert into data_sources (name, type) values (${name}, ${type}) returning id`;
  return only(rows).id;
}

export async function changeDataSource(sql: Sql, id: number, name: string, type: string): Promise<void> {
  await sql`update data_sources set name = ${name}, type = ${type}, updated_at = now() where id = ${id}`;
}

/** Removes a data source that nothing uses; answers false when something does. */
export async function removeDataSource(sql: Sql, id: number): Promise<boolean> {
  const result = await sql`
    with unused as (
      select d.id from data_sources d
      where d.id = ${id} and d.provider is null
        and not exists (select from study_data_sources x where x.data_source_id = d.id)
        and not exists (select from observations o where o.data_source_id = d.id)
    ), scopes as (delete from data_source_scopes x using unused where x.data_source_id = unused.id),
       clients as (delete from client_data_sources x using unused where x.data_source_id = unused.id)
    delete from data_sources d using unused where d.id = unused.id`;
  return result.count === 1;
}

export interface SupportedScope {
  readonly id: number;
  readonly dataSource: { readonly id: number; readonly name: string; readonly type: string };
  readonly scopeCode: Coding;
}

export async function supportedScopes(sql: Sql, dataSourceId: number): Promise<SupportedScope[]> {
  return sql<SupportedScope[]>`
    select x.id, json_build_object('id', d.id, 'name', d.name, 'type', d.type) as "dataSource",
           json_build_object('id', c.id, 'codingSystem', c.system, 'codingCode', c.code, 'text', c.text) as "scopeCode"
    from data_source_scopes x
    join data_sources d on d.id = x.data_source_id
    join codeable_concepts c on c.id = x.concept_id
    where d.id = ${dataSourceId} order by c.text, c.id`;
}

/** Says that a data source measures a scope; answers false when that is known, or there is no such scope. */
export async function addSupportedScope(sql: Sql, dataSourceId: number, conceptId: number): Promise<boolean> {
  const result = await sql`
    insert into data_source_scopes (data_source_id, concept_id)
    select ${dataSourceId}, c.id from codeable_concepts c where c.id = ${conceptId} on conflict do nothing`;
  return result.count === 1;
}

export async function removeSupportedScope(
  sql: Sql,
  dataSourceId: number,
  conceptId: number,
): Promise<boolean> {
  const result = await sql`
    delete from data_source_scopes where data_source_id = ${dataSourceId} and concept_id = ${conceptId}`;
  return result.count === 1;
}
