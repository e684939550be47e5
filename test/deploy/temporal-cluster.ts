import { randomInt } from 'node:crypto';
import path from 'node:path';
import { isAnswering, PortTaken, requirePort } from '../../dev/servers/ports.js';
import { launch, waitUntilReady } from '../../dev/servers/server-process.js';
import { findTemporalCli } from '../../dev/servers/temporal.js';
import { AsComposed, type Variables } from './as-composed.js';
import type { ComposeModel } from './compose-model.js';
import { temporalPrograms } from './go-programs.js';

/** What the server listens with; in a container each is a port that everybody knows. */
const LISTENERS = [
  ...['FRONTEND_GRPC_PORT', 'FRONTEND_HTTP_PORT', 'FRONTEND_MEMBERSHIP_PORT'],
  ...['MATCHING_GRPC_PORT', 'MATCHING_MEMBERSHIP_PORT', 'HISTORY_GRPC_PORT', 'HISTORY_MEMBERSHIP_PORT'],
  ...['WORKER_GRPC_PORT', 'WORKER_MEMBERSHIP_PORT'],
];

const say = (line: string) => process.stdout.write(`${line}\n`);

export interface TemporalCluster {
  readonly address: string;
  /** Runs the two scripts that prepare it once more. */
  prepareAgain(): Promise<string>;
  stop(): Promise<void>;
}

/** The Temporal server of docker-compose.yml, of that version, on a Postgres that `postgres-init.sh` set up. */
export async function startTemporalCluster(
  model: ComposeModel,
  secrets: string,
  postgresPort: string,
): Promise<TemporalCluster> {
  const version = model.services['temporal']?.image.split(':')[1] ?? '';
  const { programs, schemas } = await temporalPrograms(version);
  const port = await lowPort();
  const address = `127.0.0.1:${port}`;
  const composed = new AsComposed(
    model,
    new Map([
      ['/run/secrets', secrets],
      ['/etc/temporal/schema/postgresql/v12', schemas],
      ['/etc/temporal/entrypoint.sh', 'temporal-server start'],
      ['0.0.0.0', '127.0.0.1'],
      ['temporal:7233', address],
    ]),
  );
  const cli = await findTemporalCli({ say });
  const PATH = [programs, path.dirname(cli), process.env['PATH']].join(path.delimiter);
  const schema = () =>
    composed.run('temporal-schema', { PATH, SQL_HOST: '127.0.0.1', SQL_PORT: postgresPort });
  const namespace = () => composed.run('temporal-namespace', { PATH });
  await schema();
  const [executable = '', ...args] = composed.command('temporal');
  const listeners: [string, string][] = [];
  for (const name of LISTENERS) listeners.push([name, String(await lowPort())]);
  const env: Variables = {
    ...composed.environment('temporal', { PATH, POSTGRES_SEEDS: '127.0.0.1', DB_PORT: postgresPort }),
    ...Object.fromEntries(listeners),
    FRONTEND_GRPC_PORT: String(port),
  };
  const server = await launch({
    part: 'the Temporal server',
    ...{ executable, args, env, say, stopSignal: 'SIGTERM' },
  });
  await waitUntilReady(server, {
    part: 'The Temporal server',
    timeoutMs: 120_000,
    isReady: () => isAnswering(port),
  });
  try {
    await namespace();
  } catch (thrown) {
    server.sayLastLines();
    await server.stop();
    throw thrown;
  }
  return {
    address,
    prepareAgain: async () => (await schema()) + (await namespace()),
    stop: () => server.stop(),
  };
}

/** A free port that fits into two bytes with a sign, which is how the server's parts tell each other where they are. */
async function lowPort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_767);
    try {
      await requirePort(port, 'the Temporal server', 'none');
      return port;
    } catch (thrown) {
      if (!(thrown instanceof PortTaken)) throw thrown;
    }
  }
}
