import type { Registry } from 'prom-client';
import { attemptStore } from '../../src/activities/store.js';
import { countsOf, createDeadLetters, type DeadLetters } from '../../src/dead-letters.js';
import type { LetterSelection, Verdict } from '../../src/db/dead-letters.js';
import type { Sql } from '../../src/db/sql.js';
import { createEvents, type Events } from '../../src/events.js';
import { createLogger } from '../../src/logger.js';
import type { RejectionReason } from '../../src/omh/measurement.js';
import { rejected } from '../../src/omh/rejection.js';
import { createRuntimeSettings } from '../../src/runtime-settings.js';
import { createSchemaChecks } from '../../src/schema-checks.js';
import type { SecretBox } from '../../src/secret-box.js';
import { createMetrics } from '../../src/telemetry.js';

/** A record as an older version of the converters refused it. */
export interface OldRefusal {
  readonly record: unknown;
  readonly dataType?: string;
  readonly feed?: string;
  readonly reason?: RejectionReason;
}

/** Where an operator decides about dead letters, with logs and metrics of its own. */
export interface Desk extends Pick<DeadLetters, 'discard' | 'viewOriginal'> {
  readonly events: Events;
  readonly metrics: Registry;
  readonly logLines: readonly string[];
  /** Leaves dead letters behind, as a page does; answers their ids, in order. */
  refuse(patientId: number, ...refusals: readonly OldRefusal[]): Promise<number[]>;
  /** Retries to the end; answers how many letters ended in each way. */
  retry(selection: Partial<LetterSelection>): Promise<ReturnType<typeof countsOf>>;
}

export function openDesk({ sql, secretBox }: { sql: Sql; secretBox: SecretBox }): Desk {
  const logLines: string[] = [];
  const logger = createLogger({ level: 'debug', destination: { write: (line) => void logLines.push(line) } });
  const metrics = createMetrics({ processMetrics: false });
  const events = createEvents(logger, metrics);
  const settings = createRuntimeSettings(sql, secretBox, {});
  const store = attemptStore({ pages: sql, secretBox, events });
  const letters = createDeadLetters({ sql, settings, secretBox, schemaChecks: createSchemaChecks(), events });
  return {
    ...{ events, metrics, logLines },
    discard: (...decision) => letters.discard(...decision),
    viewOriginal: (...view) => letters.viewOriginal(...view),
    async refuse(patientId, ...refusals) {
      const ids: number[] = [];
      for (const { record, dataType = 'heart_rate', feed = 'heart_rate', reason = 'bad-time' } of refusals) {
        const attempt = { dataType, feed, record, rows: 1, outcome: rejected(reason, 'timestamp') };
        await store(patientId, [attempt], { identifierSystem: 'ow:normalized', coverage: [] });
        const [letter] = await sql<{ id: number }[]>`
          select id from dead_letters where patient_id = ${patientId} order by last_seen_at desc limit 1`;
        if (letter !== undefined) ids.push(letter.id);
      }
      return ids;
    },
    async retry({ ids = null, reason = null }) {
      const verdicts: Verdict[] = [];
      for await (const some of letters.retry({ ids, reason }, null)) verdicts.push(...some);
      return countsOf(verdicts);
    },
  };
}
