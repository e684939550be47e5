import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { clusterFolder } from '../../dev/servers/postgres-cluster.js';
import { startPostgres } from '../../dev/servers/postgres.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

/**
 * As Postgres logs when nobody asked it to be discreet, and every statement beside: errors with their DETAIL, which
 * quotes rows. Only the values of parameters, which whoever asks for all statements can have too, are left out.
 */
const TALKATIVE = [
  ...['logging_collector=on', 'log_directory=log', 'log_filename=server.log', 'log_rotation_size=0'],
  ...['log_min_messages=info', 'log_min_error_statement=error', 'log_error_verbosity=default'],
  ...['log_statement=all', 'log_parameter_max_length=0', 'log_lock_waits=on'],
];

export type CanaryWorld = TestWorld & {
  readonly postgresLog: () => Promise<string>;
  /** What was written to the output of this process. */
  readonly output: () => string;
};

/** A world of its own whose Postgres writes a log. */
export async function startCanaryWorld(): Promise<CanaryWorld> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-canary-'));
  const dataDir = path.join(home, 'postgres');
  const postgres = await startPostgres({
    ...{ dataDir, persistent: false, settings: TALKATIVE, say: () => undefined },
  });
  const written: string[] = [];
  const spies = ([process.stdout, process.stderr] as const).map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk: unknown) => {
      written.push(String(chunk));
      return true;
    }),
  );
  const world = await startTestWorld({ DATABASE_URL: postgres.url });
  return {
    ...world,
    postgresLog: () => readFile(path.join(clusterFolder(dataDir), 'log/server.log'), 'utf8'),
    output: () => written.join(''),
    async close() {
      for (const spy of spies) spy.mockRestore();
      await world.close();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
