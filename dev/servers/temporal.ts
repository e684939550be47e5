import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { PartUnavailable } from './part-unavailable.js';
import { freePort, requirePort } from './ports.js';
import { reapLeftovers } from './processes.js';
import type { Say } from './say.js';
import { launch, waitUntilReady } from './server-process.js';
import { searchTemporalCli } from './temporal-cli.js';
import { isServingNamespace } from './temporal-probe.js';

export interface TemporalServer {
  /** `host:port` for clients and workers; the namespace is `default`. */
  readonly address: string;
  readonly uiUrl: string | null;
  /** Null for a Temporal that is not ours. */
  readonly pid: number | null;
  stop(): Promise<void>;
}

export interface TemporalOptions {
  /** Keeps workflows between runs; without it they live in memory. */
  readonly dataFile?: string | undefined;
  /** Absent or 0: any free port. */
  readonly port?: number;
  /** Absent or 0: any free port; null: no UI. */
  readonly uiPort?: number | null;
  readonly say: Say;
  readonly cacheDir?: string;
  /** The address of a running Temporal (TEMPORAL_ADDRESS): used as it is, nothing is started. */
  readonly external?: string | undefined;
  readonly stateDir?: string;
  /** Further arguments of `temporal server start-dev`. */
  readonly extraArgs?: readonly string[];
}

/** The path of the Temporal CLI, found or installed in the order of `searchTemporalCli`. */
export function findTemporalCli(options: { cacheDir?: string | undefined; say: Say }): Promise<string> {
  return searchTemporalCli({
    configured: process.env['TEMPORAL_CLI_PATH'],
    searchPath: process.env['PATH'],
    ...options,
  });
}

/**
 * Starts a Temporal dev server on loopback and waits until it serves the namespace `default`.
 * Throws PortTaken, or PartUnavailable with what to do.
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const { say, stateDir, dataFile } = options;
  if (options.external) return useRunning(options.external, say);
  await reapLeftovers({ say, stateDir });
  if (options.port) await requirePort(options.port, 'Temporal', 'TEMPORAL_PORT');
  if (options.uiPort) await requirePort(options.uiPort, 'the Temporal UI', 'TEMPORAL_UI_PORT');
  const executable = await findTemporalCli(options);
  if (dataFile !== undefined) await mkdir(dirname(dataFile), { recursive: true });
  const port = options.port ? options.port : await freePort();
  const address = `127.0.0.1:${port}`;
  const uiPort = options.uiPort === null || options.uiPort ? options.uiPort : await freePort();
  const server = await launch({
    part: 'Temporal',
    executable,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
      ...(uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort)]),
      ...(dataFile === undefined ? [] : fileArguments(dataFile)),
      ...(options.extraArgs ?? []),
    ],
    stopSignal: 'SIGTERM',
    stateDir,
    say,
  });
  const isReady = () => isServingNamespace(address);
  await waitUntilReady(server, { part: 'Temporal', timeoutMs: 60_000, isReady });
  say(`Temporal listens on ${address}.`);
  return {
    address,
    uiUrl: uiPort === null ? null : `http://127.0.0.1:${uiPort}`,
    pid: server.pid,
    stop: () => server.stop(),
  };
}

async function useRunning(address: string, say: Say): Promise<TemporalServer> {
  if (!(await isServingNamespace(address))) {
    throw new PartUnavailable(
      'The Temporal of TEMPORAL_ADDRESS does not answer or has no namespace default. ' +
        'Start it or correct the address; without TEMPORAL_ADDRESS an embedded one is used.',
    );
  }
  say('Using the Temporal of TEMPORAL_ADDRESS.');
  return { address, uiUrl: null, pid: null, stop: () => Promise.resolve() };
}

/** Without the two pragmas a server that keeps its data is 3.5 times slower. */
function fileArguments(dataFile: string): string[] {
  const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL'];
  return ['--db-filename', resolve(dataFile), ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma])];
}
