import type { Client } from '@temporalio/client';
import type { Config } from '../config.js';
import { openDatabase, type Sql } from '../db/sql.js';
import { createEvents } from '../events.js';
import { createHealth, type Health } from '../health/health.js';
import { createLogger } from '../logger.js';
import { createRuntimeSettings, type RuntimeSettings } from '../runtime-settings.js';
import { secretBoxOf } from '../secret-box.js';
import { createMetrics } from '../telemetry.js';
import { reachTemporal } from '../temporal/connection.js';
import { createOrchestration } from '../temporal/orchestration.js';
import { createOversight } from '../temporal/oversight.js';
import { createUpstream } from '../upstream.js';

/** What looks at everything even when parts of it are away: other commands need them all to begin. */
export interface OpenHealth {
  readonly health: Health;
  readonly sql: Sql;
  readonly settings: RuntimeSettings;
  /** Undefined while Temporal does not answer. */
  readonly client: Client | undefined;
  close(): Promise<void>;
}

export async function openHealth(config: Config): Promise<OpenHealth> {
  const events = createEvents(createLogger({ level: 'silent' }), createMetrics({ processMetrics: false }));
  const sql = openDatabase(config.DATABASE_URL, 4);
  const settings = createRuntimeSettings(sql, secretBoxOf(config), config);
  const upstream = createUpstream(settings, events);
  const temporal = await reachTemporal(config).catch(() => undefined);
  const { openWearables } = upstream;
  return {
    health: createHealth({ sql, settings, openWearables, ...orchestrated(temporal?.client, config) }),
    ...{ sql, settings, client: temporal?.client },
    async close() {
      await upstream.close();
      await temporal?.close();
      await sql.end({ timeout: 5 });
    },
  };
}

function orchestrated(
  client: Client | undefined,
  { TEMPORAL_TASK_QUEUE: taskQueue, SITE_URL: siteUrl }: Config,
) {
  if (client === undefined) {
    const away = () => Promise.reject(new Error('Temporal is away'));
    return { orchestration: { nudge: away }, oversight: { schedules: away, worker: away } };
  }
  return {
    orchestration: createOrchestration(client, taskQueue),
    oversight: createOversight({ client, taskQueue, siteUrl }),
  };
}
