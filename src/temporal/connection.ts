import { Client, Connection } from '@temporalio/client';
import type { Config } from '../config.js';
import { NamedError } from '../errors.js';
import { dataConverterOf } from './payload-codec.js';
import { ensureSearchAttributes } from './search-attributes.js';
import { type Tracing, untraced } from '../tracing.js';
import { type Surroundings, telling } from './told.js';

type Address = Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE' | 'SITE_URL'> &
  Partial<Pick<Config, 'TEMPORAL_PAYLOAD_KEYS'>>;

/** A client of the Temporal server; throws NamedError `TemporalUnreachable` when it does not answer within 10 s. */
export async function reachTemporal(
  config: Address,
  studiesOf: Surroundings['studiesOf'] = () => Promise.resolve([]),
  tracing: Pick<Tracing, 'temporal'> = untraced,
): Promise<{ client: Client; close: () => Promise<void> }> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, SITE_URL: siteUrl } = config;
  try {
    const connection = await Connection.connect({ address, connectTimeout: '10 seconds' });
    const workflow = [
      telling({ siteUrl, studiesOf }),
      ...(tracing.temporal ? [tracing.temporal.client] : []),
    ];
    const dataConverter = dataConverterOf(config.TEMPORAL_PAYLOAD_KEYS ?? []);
    const client = new Client({
      ...{ connection, namespace, interceptors: { workflow } },
      ...(dataConverter && { dataConverter }),
    });
    return { client, close: () => client.connection.close() };
  } catch (cause) {
    throw new NamedError('TemporalUnreachable', 'the Temporal server does not answer at TEMPORAL_ADDRESS', {
      cause,
    });
  }
}

/** As `reachTemporal`, for who starts workflows: they can be found; also throws `SearchAttributesMissing`. */
export async function connectTemporal(
  config: Address,
  studiesOf?: Surroundings['studiesOf'],
  tracing?: Pick<Tracing, 'temporal'>,
): Promise<{ client: Client; close: () => Promise<void> }> {
  const reached = await reachTemporal(config, studiesOf, tracing);
  try {
    await ensureSearchAttributes(reached.client.connection, config.TEMPORAL_NAMESPACE);
    return reached;
  } catch (cause) {
    await reached.close();
    if (cause instanceof NamedError) throw cause;
    throw new NamedError('TemporalUnreachable', 'the Temporal server does not answer at TEMPORAL_ADDRESS', {
      cause,
    });
  }
}
