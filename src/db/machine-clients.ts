import type { Sql } from './sql.js';

export interface NewMachineClient {
  readonly clientId: string;
  readonly name: string;
  readonly secretHash: Buffer;
  readonly userId: number;
}

export async function createMachineClient(sql: Sql, client: NewMachineClient): Promise<void> {
  await sql`
    insert into machine_clients (client_id, name, secret_hash, user_id)
    values (${client.clientId}, ${client.name}, ${client.secretHash}, ${client.userId})`;
}

/** The account that a client with this id and secret acts as; undefined when they do not fit. */
export async function ownerOfMachineClient(
  sql: Sql,
  clientId: string,
  secretHash: Buffer,
): Promise<number | undefined> {
  const [client] = await sql<{ userId: number }[]>`
    select user_id as "userId" from machine_clients
    where client_id = ${clientId} and secret_hash = ${secretHash}`;
  return client?.userId;
}
