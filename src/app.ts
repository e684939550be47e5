import type { WorkflowBundle, WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Registry } from 'prom-client';
import { createActivities } from './activities/create.js';
import { createClientAddress, type ClientAddress } from './client-address.js';
import type { Config } from './config.js';
import { studiesOfPatients } from './db/enrolment.js';
import { openReading } from './db/reading.js';
import { openDatabase, type Sql } from './db/sql.js';
import { createDeadLetters, type DeadLetters } from './dead-letters.js';
import { createEvents, type Events } from './events.js';
import { createHealth, type Health } from './health/health.js';
import { startHttp, type RunningHttp } from './http-server.js';
import type { Logger } from './logger.js';
import { createPost, type Post } from './mail/post.js';
import { createRateLimits, type RateLimits } from './rate-limits.js';
import { createRuntimeSettings, type RuntimeSettings } from './runtime-settings.js';
import { createSchemaChecks } from './schema-checks.js';
import { secretBoxOf } from './secret-box.js';
import { requireReadableSecrets } from './secret-rotation.js';
import { createServer, type Server } from './server.js';
import { createStopping, type Stopping } from './stopping.js';
import { createMetrics } from './telemetry.js';
import { openTracing, type Tracing } from './tracing.js';
import { buildId } from './temporal/build-id.js';
import { showInstallation } from './installation-metrics.js';
import { connectTemporal } from './temporal/connection.js';
import { showSdkMetrics } from './temporal/sdk-metrics.js';
import { installRuntime } from './temporal/runtime.js';
import { createOrchestration, type Orchestration } from './temporal/orchestration.js';
import { createOversight, type Oversight } from './temporal/oversight.js';
import {
  ensureAuditSchedule,
  ensureHealSchedule,
  ensurePollSchedule,
  ensureReconcileSchedule,
} from './temporal/schedule.js';
import { keepingVersion } from './temporal/versions.js';
import { startWorker, type RunningWorker } from './temporal/worker.js';
import { createWorkerServer } from './worker-server.js';
import { createUpstream, type Upstream } from './upstream.js';

/** The whole service, composed; nothing is open before `openApp` and nothing stays open after `close`. */
export interface App {
  readonly config: Config;
  /** The database as its owner: for workers, for what is written, and for who somebody is. */
  readonly sql: Sql;
  /** The same, over the few connections by which workers store pages. */
  readonly pages: Sql;
  /** The database as the account of a request may read it. */
  readonly reading: Sql;
  readonly settings: RuntimeSettings;
  readonly orchestration: Orchestration;
  readonly oversight: Oversight;
  readonly health: Health;
  readonly deadLetters: DeadLetters;
  readonly limits: RateLimits;
  /** Which machine a request comes from. */
  readonly clientAddress: ClientAddress;
  readonly openWearables: Upstream['openWearables'];
  readonly events: Events;
  readonly post: Post;
  readonly metrics: Registry;
  readonly tracing: Tracing;
  readonly stopping: Stopping;
  readonly server: Server;
  startHttp(): Promise<RunningHttp>;
  /** How a process of workers alone is, at WORKER_PORT; undefined: nobody wants to know. */
  startWorkerHttp(): Promise<RunningHttp | undefined>;
  startWorker(bundle?: WorkflowBundle | WorkflowBundleWithSourceMap): Promise<RunningWorker>;
  /** Creates or updates the schedules. */
  ensureSchedule(): Promise<void>;
  close(): Promise<void>;
}

/** Connects to the database and Temporal and wires everything; the caller closes it. */
export async function openApp(config: Config, logger: Logger): Promise<App> {
  const tracing = await openTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const metrics = createMetrics({ processMetrics: true });
  const events = createEvents(logger, metrics);
  const sql = openDatabase(config.DATABASE_URL, config.DATABASE_POOL_SIZE, undefined, (ms) => {
    events.databaseWaited({ pool: 'owner', ms });
  });
  const reading = openReading(config.DATABASE_URL, config.DATABASE_POOL_SIZE, (ms) => {
    events.databaseWaited({ pool: 'reader', ms });
  });
  // A page takes milliseconds of a core of the database's: many at once store no more, and people who read wait longer.
  const pages = openDatabase(
    config.DATABASE_URL,
    Math.floor(config.DATABASE_POOL_SIZE / 2),
    undefined,
    (ms) => {
      events.databaseWaited({ pool: 'pages', ms });
    },
  );
  const studiesOf = async (patientId: number) => (await studiesOfPatients(sql, [patientId])).flat();
  const { client, close: closeTemporal } = await connectTemporal(config, studiesOf, tracing);
  const { TEMPORAL_TASK_QUEUE: taskQueue, SITE_URL: siteUrl } = config;
  const where = { client, taskQueue, siteUrl };
  const secretBox = secretBoxOf(config);
  const settings = createRuntimeSettings(sql, secretBox, config);
  const upstream = createUpstream(settings, events, config.SIGN_IN_HOSTS, tracing);
  const { openWearables } = upstream;
  const post = createPost(config);
  const orchestration = createOrchestration(client, taskQueue);
  const oversight = createOversight(where);
  const health = createHealth({ sql, settings, openWearables, orchestration, oversight });
  const schemaChecks = createSchemaChecks();
  const deadLetters = createDeadLetters({ sql, settings, secretBox, schemaChecks, events });
  const limits = createRateLimits(sql, config, events);
  const clientAddress = createClientAddress(config.TRUSTED_PROXIES);
  const stopping = createStopping();
  const server = createServer({
    ...{
      deadLetters,
      config,
      sql,
      reading: reading.sql,
      settings,
      orchestration,
      oversight,
      health,
      limits,
      clientAddress,
      openWearables,
      events,
      post,
      metrics,
      tracing,
      stopping,
    },
  });
  return {
    config,
    sql,
    pages,
    reading: reading.sql,
    settings,
    orchestration,
    oversight,
    health,
    deadLetters,
    limits,
    clientAddress,
    openWearables,
    events,
    post,
    metrics,
    tracing,
    stopping,
    server,
    async startHttp() {
      await requireReadableSecrets(sql, secretBox);
      showInstallation(metrics, { sql, health });
      return startHttp(server, { port: config.PORT, host: config.HOST });
    },
    async startWorkerHttp() {
      const { WORKER_PORT: port, HOST: host } = config;
      if (port === undefined) return undefined;
      const told = createWorkerServer({ sql, orchestration, oversight, metrics, stopping, events });
      return startHttp(told, { port, host, variable: 'WORKER_PORT' });
    },
    async startWorker(bundle) {
      await requireReadableSecrets(sql, secretBox);
      installRuntime(logger);
      showSdkMetrics(metrics);
      const activities = createActivities({
        ...{ sql, pages, settings, openWearables, orchestration, events, secretBox, schemaChecks },
        ...{ post, siteUrl: config.SITE_URL },
      });
      const build = config.TEMPORAL_WORKER_VERSIONING === 'on' ? buildId() : null;
      const worker = await startWorker({ config, activities, events, bundle, build, tracing });
      return keepingVersion(worker, { client, taskQueue, events, build });
    },
    async ensureSchedule() {
      await ensurePollSchedule(where, await settings.read());
      await ensureHealSchedule(where);
      await ensureReconcileSchedule(where);
      await ensureAuditSchedule(where);
    },
    async close() {
      post.close();
      await upstream.close();
      await closeTemporal();
      await reading.close();
      await pages.end({ timeout: 5 });
      await sql.end({ timeout: 5 });
      await tracing.close();
    },
  };
}
