import { Client, Connection } from '@temporalio/client';
import { type AuditTrail, createAuditTrail } from '../../src/audit/trail.js';
import { createClientAddress } from '../../src/client-address.js';
import { type Environment, loadConfig } from '../../src/config.js';
import { openReading, type Reading } from '../../src/db/reading.js';
import type { Sql } from '../../src/db/sql.js';
import { createEvents } from '../../src/events.js';
import { createDeadLetters } from '../../src/dead-letters.js';
import { createHealth } from '../../src/health/health.js';
import { createLogger } from '../../src/logger.js';
import { createPost } from '../../src/mail/post.js';
import { createRateLimits } from '../../src/rate-limits.js';
import { createRuntimeSettings } from '../../src/runtime-settings.js';
import { createSchemaChecks } from '../../src/schema-checks.js';
import { createSecretBox } from '../../src/secret-box.js';
import { createServer } from '../../src/server.js';
import { createStopping } from '../../src/stopping.js';
import { createMetrics } from '../../src/telemetry.js';
import { createOrchestration } from '../../src/temporal/orchestration.js';
import { createOversight } from '../../src/temporal/oversight.js';
import { untraced } from '../../src/tracing.js';
import { createUpstream } from '../../src/upstream.js';

/** All of HTTP over a database alone: nothing connects to Temporal or to Open Wearables. */
export function serverAlone(
  sql: Sql,
  url: string,
  environment: Environment = {},
  reading: Reading = openReading(url, 10),
  trail: AuditTrail = createAuditTrail(sql),
) {
  const config = loadConfig({
    DATABASE_URL: url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    SECRET_KEY: 'a key of this measurement and nothing else',
    ...environment,
  });
  const metrics = createMetrics({ processMetrics: false });
  const events = createEvents(createLogger({ level: 'silent' }), metrics);
  const secretBox = createSecretBox(config.SECRET_KEY);
  const settings = createRuntimeSettings(sql, secretBox, config);
  const { openWearables } = createUpstream(settings, events, config.SIGN_IN_HOSTS);
  // Without the interceptor that tries again: what asks Temporal fails at once.
  const connection = Connection.lazy({ address: config.TEMPORAL_ADDRESS, interceptors: [] });
  const client = new Client({ connection });
  const orchestration = {
    ...createOrchestration(client, config.TEMPORAL_TASK_QUEUE),
    backfillProgress: () => Promise.resolve(undefined),
  };
  const oversight = createOversight({
    client,
    taskQueue: config.TEMPORAL_TASK_QUEUE,
    siteUrl: config.SITE_URL,
  });
  const health = createHealth({ sql, settings, openWearables, orchestration, oversight });
  const post = createPost(config);
  const deadLetters = createDeadLetters({
    ...{ sql, settings, secretBox, events },
    schemaChecks: createSchemaChecks(),
  });
  const deps = {
    ...{ deadLetters, post, config, sql, settings, reading: reading.sql },
    ...{ orchestration, oversight, health, openWearables, events, metrics, tracing: untraced },
    limits: createRateLimits(sql, config, events),
    clientAddress: createClientAddress(config.TRUSTED_PROXIES),
    stopping: createStopping(),
  };
  const server = createServer(deps, trail);
  return { server, config, reading };
}
