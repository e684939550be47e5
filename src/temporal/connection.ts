import { Client, Connection } from '@temporalio/client';
import type { Config } from '../config.js';
import { NamedError } from '../errors.js';
import { ensureSearchAttributes, searchable } from './search-attributes.js';

/**
 * A client of the Temporal server; throws NamedError `TemporalUnreachable` when it does not answer within 10 s, and
 * `SearchAttributesMissing`.
 */
export async function connectTemporal(
  config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>,
): Promise<{ client: Client; close: () => Promise<void> }> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config;
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: '10 seconds' });
    await ensureSearchAttributes(connection, namespace);
    const client = new Client({ connection, namespace, interceptors: { workflow: [searchable] } });
    return { client, close: () => client.connection.close() };
  } catch (cause) {
    await connection?.close();
    if (cause instanceof NamedError) throw cause;
    throw new NamedError('TemporalUnreachable', 'the Temporal server does not answer at TEMPORAL_ADDRESS', {
      cause,
    });
  }
}
