import { Client, Connection } from '@temporalio/client';
import type { Config } from '../config.js';
import { NamedError } from '../errors.js';

/** A client of the Temporal server; throws NamedError `TemporalUnreachable` when it does not answer within 10 s. */
export async function connectTemporal(
  config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>,
): Promise<{ client: Client; close: () => Promise<void> }> {
  try {
    const connection = await Connection.connect({
      address: config.TEMPORAL_ADDRESS,
      connectTimeout: '10 seconds',
    });
    const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
    return { client, close: () => connection.close() };
  } catch (cause) {
    throw new NamedError('TemporalUnreachable', 'the Temporal server does not answer at TEMPORAL_ADDRESS', {
      cause,
    });
  }
}
