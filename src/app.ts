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
import { buildId } from './temporal/build-id.js';
import { connectTemporal } from './temporal/connection.js';
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
import { createUpstream, type Upstream } from './upstream.js';

/** The whole service, composed; nothing is open before `openApp` and nothing stays open after `close`. */
export interface App {
  readonly config: Config;
  /** The database as its owner: for workers, for what is written, and for who somebody is. */
  readonly sql: Sql;
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
  readonly stopping: Stopping;
  readonly server: Server;
  startHttp(): Promise<RunningHttp>;
  startWorker(bundle?: WorkflowBundle | WorkflowBundleWithSourceMap): Promise<RunningWorker>;
  /** Creates or updates the schedules. */
  ensureSchedule(): Promise<void>;
  close(): Promise<void>;
}

/** Connects to the database and Temporal and wires everything; the caller closes it. */
export async function openApp(config: Config, logger: Logger): Promise<App> {
  const metrics = createMetrics({ processMetrics: true });
  const events = createEvents(logger, metrics);
  const sql = openDatabase(config.DATABASE_URL, config.DATABASE_POOL_SIZE);
  const reading = openReading(config.DATABASE_URL, config.DATABASE_POOL_SIZE);
  const studiesOf = async (patientId: number) => (await studiesOfPatients(sql, [patientId])).flat();
  const { client, close: closeTemporal } = await connectTemporal(config, studiesOf);
  const { TEMPORAL_TASK_QUEUE: taskQueue, SITE_URL: siteUrl } = config;
  const where = { client, taskQueue, siteUrl };
  const secretBox = secretBoxOf(config);
  const settings = createRuntimeSettings(sql, secretBox, config);
  const upstream = createUpstream(settings, events, config.SIGN_IN_HOSTS);
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
      stopping,
    },
  });
  return {
    config,
    sql,
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
    stopping,
    server,
    async startHttp() {
      await requireReadableSecrets(sql, secretBox);
      return startHttp(server, { port: config.PORT, host: config.HOST });
    },
    async startWorker(bundle) {
      await requireReadableSecrets(sql, secretBox);
      installRuntime(logger);
      const activities = createActivities({
        ...{ sql, settings, openWearables, orchestration, events, secretBox, schemaChecks },
        ...{ post, siteUrl: config.SITE_URL },
      });
      const build = config.TEMPORAL_WORKER_VERSIONING === 'on' ? buildId() : null;
      const worker = await startWorker({ config, activities, events, bundle, build });
      return keepingVersion(worker, { client, taskQueue, events, build });
    },
    async ensureSchedule() {
      const { 'ow.poll_interval_minutes': minutes } = await settings.read();
      await ensurePollSchedule(where, minutes);
      await ensureHealSchedule(where);
      await ensureReconcileSchedule(where);
      await ensureAuditSchedule(where);
    },
    async close() {
      post.close();
      await upstream.close();
      await closeTemporal();
      await reading.close();
      await sql.end({ timeout: 5 });
    },
  };
}
