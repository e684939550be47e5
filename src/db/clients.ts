import { type PageOf, pageOf, type PageRequest } from './page.js';
import { only, type Sql } from './sql.js';

/** An application that patients open from their invitation. */
export interface Client {
  readonly id: number;
  readonly name: string;
  readonly clientId: string;
  readonly invitationUrl: string;
}

export async function clients(sql: Sql): Promise<Client[]> {
  return sql<Client[]>`
    select id, name, client_id as "clientId", invitation_url as "invitationUrl" from clients order by id desc`;
}

export async function findClient(sql: Sql, id: number): Promise<Client | undefined> {
  const [client] = await sql<Client[]>`
    select id, name, client_id as "clientId", invitation_url as "invitationUrl" from clients where id = ${id}`;
  return client;
}

/** Clients, newest first. */
export async function pageOfClients(sql: Sql, request: PageRequest): Promise<PageOf<Client>> {
  const row = sql`
    select c.id, c.name, c.client_id as "clientId", c.invitation_url as "invitationUrl"
    from clients c where c.id = m.id`;
  return pageOf(sql, sql`select id from clients order by id desc`, row, request);
}

export type ClientFields = Omit<Client, 'id'>;

export async function createClient(sql: Sql, client: ClientFields): Promise<number> {
  const rows = await sql<{ id: number }[]>`
    insert into clients (name, client_id, invitation_url)
    values (${client.name}, ${client.clientId}, ${client.invitationUrl}) returning id`;
  return only(rows).id;
}

export async function changeClient(sql: Sql, id: number, client: ClientFields): Promise<void> {
  await sql`
    update clients
    set name = ${client.name}, client_id = ${client.clientId}, invitation_url = ${client.invitationUrl}
    where id = ${id}`;
}

/** Removes a client that nobody was ever invited to; answers false when somebody was. */
export async function removeClient(sql: Sql, id: number): Promise<boolean> {
  const result = await sql`
    with unused as (
      select c.id from clients c
      where c.id = ${id} and not exists (select from invitations i where i.client_id = c.id)
    ), studies_left as (delete from study_clients x using unused where x.client_id = unused.id),
       sources_left as (delete from client_data_sources x using unused where x.client_id = unused.id)
    delete from clients c using unused where c.id = unused.id`;
  return result.count === 1;
}

/** Says that a client brings data of a source; undefined when that is known, or there is no such source. */
export async function addClientDataSource(
  sql: Sql,
  clientId: number,
  dataSourceId: number,
): Promise<number | undefined> {
  const [added] = await sql<{ id: number }[]>`
    insert into client_data_sources (client_id, data_source_id)
    select ${clientId}, d.id from data_sources d where d.id = ${dataSourceId} on conflict do nothing returning id`;
  return added?.id;
}

export async function removeClientDataSource(
  sql: Sql,
  clientId: number,
  dataSourceId: number,
): Promise<boolean> {
  const result = await sql`
    delete from client_data_sources where client_id = ${clientId} and data_source_id = ${dataSourceId}`;
  return result.count === 1;
}
