import type { Sql } from './sql.js';

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
