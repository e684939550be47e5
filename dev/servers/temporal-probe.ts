import { Connection } from '@temporalio/client';
import { isAnswering } from './ports.js';

const namespace = 'default';

/** IndexedValueType KEYWORD of temporal.api.enums.v1. */
const keyword = 2;

async function withConnection<T>(address: string, ask: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: '5s' });
  try {
    return await ask(connection);
  } finally {
    await connection.close();
  }
}

/**
 * True when the server at `host:port` serves the namespace `default`. Asks by TCP first: a refused gRPC connect costs a
 * second of back-off.
 */
export async function isServingNamespace(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`);
  if (!(await isAnswering(Number(port), hostname))) return false;
  try {
    await withConnection(address, ({ workflowService }) => workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  }
}

/**
 * Registers Keyword search attributes of the namespace `default`; those that exist already are fine. The server's own
 * start option does nothing for a data file that exists.
 */
export async function registerSearchAttributes(address: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await withConnection(address, async ({ operatorService }) => {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
    const missing = names.filter((name) => !(name in customAttributes));
    if (missing.length === 0) return;
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, keyword]));
    await operatorService.addSearchAttributes({ namespace, searchAttributes });
  });
}
