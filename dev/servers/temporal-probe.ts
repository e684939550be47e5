import { Connection } from '@temporalio/client';
import { isAnswering } from './ports.js';

const namespace = 'default';

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
