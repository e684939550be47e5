import type { Config } from '../config.js';
import { createDeadLetters, type DeadLetters } from '../dead-letters.js';
import type { Sql } from '../db/sql.js';
import { createEvents } from '../events.js';
import { createLogger } from '../logger.js';
import { createRuntimeSettings } from '../runtime-settings.js';
import { createSchemaChecks } from '../schema-checks.js';
import { secretBoxOf } from '../secret-box.js';
import { createMetrics } from '../telemetry.js';

/** The decisions about dead letters, as a command makes them; it logs only what an audit asks for. */
export function openDeadLetters(sql: Sql, config: Config): DeadLetters {
  const secretBox = secretBoxOf(config);
  const events = createEvents(createLogger({ level: 'warn' }), createMetrics({ processMetrics: false }));
  const settings = createRuntimeSettings(sql, secretBox, config);
  return createDeadLetters({ sql, settings, secretBox, schemaChecks: createSchemaChecks(), events });
}
