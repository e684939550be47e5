import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { freePort } from '../dev/servers/ports.js';
import { startPostgres } from '../dev/servers/postgres.js';
import { startTemporal } from '../dev/servers/temporal.js';
import { createActivities, type Activities } from '../src/activities/create.js';
import { openApp, type App } from '../src/app.js';
import { loadConfig } from '../src/config.js';
import { migrate } from '../src/db/migrate.js';
import { migrationsFolder } from '../src/db/migrations-folder.js';
import { seed } from '../src/db/seed/seed.js';
import { createLogger } from '../src/logger.js';
import { createSchemaChecks } from '../src/schema-checks.js';
import { secretBoxOf } from '../src/secret-box.js';
import { connectTemporal } from '../src/temporal/connection.js';
import { workflowsPath } from '../src/temporal/workflows-path.js';
import { layOutProgram, type WorkerProcess } from '../test/helpers/worker-process.js';
import { startOpenWearables, type OpenWearablesProcess } from './open-wearables.js';
import type { Pids } from './processes.js';

/** The pipeline as it is deployed: worker, Postgres, Temporal and Open Wearables, each in a process of its own. */
export interface BenchWorld {
  /** Opened in the bench's own process, which only asks and waits. */
  readonly app: App;
  readonly temporal: Client;
  readonly openWearables: OpenWearablesProcess;
  /** The same activities that the worker has, to be run in the bench's own process, without Temporal. */
  readonly activities: Activities;
  readonly workflowBundle: string;
  /** One more worker beside the one that runs; whoever starts it stops it. */
  readonly startWorker: () => Promise<WorkerProcess>;
  /** HTTP as it is deployed, in a process of its own that ends with the world. */
  startApi(): Promise<ApiProcess>;
  readonly pids: Pids & { readonly worker: number };
}

export interface ApiProcess {
  readonly url: string;
  readonly pid: number;
}

export interface WorldOptions {
  /** Where Temporal keeps what it knows; in memory when left out. */
  readonly temporalFile?: string;
}

/** Some work in a world that is empty but for its seed; everything is gone afterwards. */
export async function withWorld<Result>(
  work: (world: BenchWorld) => Promise<Result>,
  options: WorldOptions = {},
): Promise<Result> {
  const stack = new Array<() => Promise<unknown>>();
  try {
    return await work(await start((stop) => void stack.push(stop), options));
  } finally {
    for (const stop of stack.reverse()) await stop();
  }
}

async function start(
  atEnd: (stop: () => Promise<unknown>) => void,
  { temporalFile }: WorldOptions,
): Promise<BenchWorld> {
  const say = () => undefined;
  const home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-bench-'));
  atEnd(() => rm(home, { recursive: true, force: true }));
  const openWearables = await startOpenWearables();
  atEnd(() => openWearables.stop());
  const postgres = await startPostgres({ dataDir: path.join(home, 'postgres'), persistent: false, say });
  atEnd(() => postgres.stop());
  const temporal = await startTemporal({ uiPort: null, say, dataFile: temporalFile });
  atEnd(() => temporal.stop());
  const environment = {
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: temporal.address,
    SECRET_KEY: randomBytes(32).toString('hex'),
    SITE_URL: 'http://localhost:8001',
    OW_API_URL: openWearables.url,
    OW_API_KEY: openWearables.apiKey,
    UPSTREAM_HOSTS: '127.0.0.1:*',
    UPSTREAM_NETWORKS: '127.0.0.0/8',
    LOG_LEVEL: 'info',
  };
  const config = loadConfig(environment);
  const app = await openApp(config, createLogger({ level: 'silent' }));
  atEnd(() => app.close());
  await migrate(app.sql, migrationsFolder());
  await seed(app.sql, { siteUrl: config.SITE_URL, passwordHash: 'nobody signs in' });
  await app.settings.write('module.ow', 'true', null);
  await app.settings.write('ow.requests_per_second', '1000', null);
  await app.ensureSchedule();
  await app.orchestration.pauseSchedule('a bench polls by itself');

  const bundle = await bundleWorkflowCode({
    workflowsPath: workflowsPath(),
    logger: new DefaultLogger('ERROR'),
  });
  const program = await layOutProgram(bundle.code);
  atEnd(() => program.remove());
  // As docker-compose.yml has it.
  const ofWorker = { ...environment, DATABASE_POOL_SIZE: '4' };
  const startWorker = () => program.start('worker', { environment: ofWorker }, () => undefined);
  const worker = await startWorker();
  atEnd(() => worker.stop());
  const { client, close } = await connectTemporal(config);
  atEnd(close);
  return {
    ...{ app, openWearables, temporal: client, workflowBundle: bundle.code, startWorker },
    async startApi() {
      const port = await freePort();
      const own = { PORT: String(port), RATE_LIMIT_FACTOR: '100000' };
      const api = await program.start('api', { environment: { ...environment, ...own } }, () => undefined);
      atEnd(() => api.stop());
      return { url: `http://127.0.0.1:${port}`, pid: api.pid };
    },
    activities: createActivities({
      ...app,
      ...{ secretBox: secretBoxOf(config), schemaChecks: createSchemaChecks(), siteUrl: config.SITE_URL },
    }),
    pids: {
      ...{ bench: process.pid, worker: worker.pid, 'Open Wearables': openWearables.pid },
      ...(postgres.pid !== null && { Postgres: postgres.pid }),
      ...(temporal.pid !== null && { Temporal: temporal.pid }),
    },
  };
}
