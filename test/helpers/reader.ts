import { Client, Connection } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { startSandbox, type Sandbox } from '../../dev/open-wearables/sandbox.js';
import type { HistoryRequest, ReadRequest } from '../../src/activities/ingest.js';
import { createActivities, type Activities } from '../../src/activities/create.js';
import type { Sql } from '../../src/db/sql.js';
import { createEvents } from '../../src/events.js';
import { createLogger } from '../../src/logger.js';
import { createPost } from '../../src/mail/post.js';
import { createRuntimeSettings } from '../../src/runtime-settings.js';
import { createSchemaChecks } from '../../src/schema-checks.js';
import { createSecretBox, type SecretBox } from '../../src/secret-box.js';
import { createMetrics } from '../../src/telemetry.js';
import { createOrchestration } from '../../src/temporal/orchestration.js';
import { createUpstream, type Upstream } from '../../src/upstream.js';
import type { Counts, HistoryRead } from '../../src/workflows/contract.js';
import { seededDatabase } from './database.js';
import { LOOPBACK } from './loopback.js';

/** An attempt that failed. */
export interface FailedAttempt {
  readonly failure: unknown;
  /** The next attempt: the same request, with the progress that the Temporal server would keep. */
  readonly again: () => Promise<Counts>;
}

/** The reading half of the service over a database and a sandbox of its own; activities run here, without Temporal. */
export interface Reader {
  readonly sql: Sql;
  readonly sandbox: Sandbox;
  readonly openWearables: Upstream['openWearables'];
  readonly secretBox: SecretBox;
  readonly activities: Activities;
  readonly logLines: readonly string[];
  /** Reads from another address of the sandbox from now on. */
  readFrom(url: string): Promise<void>;
  /** What a poll of one patient does, without retries: the counts, or why nothing is read. */
  poll(patientId: number): Promise<Counts | string>;
  /** What a backfill does for one of its windows. */
  readHistory(request: HistoryRequest): Promise<HistoryRead>;
  /** A poll that must fail. */
  failingPoll(patientId: number): Promise<FailedAttempt>;
  close(): Promise<void>;
}

export async function startReader(): Promise<Reader> {
  const database = await seededDatabase();
  const { sql } = database;
  const sandbox = await startSandbox({ historyRunMs: 0 });
  const logLines: string[] = [];
  const logger = createLogger({ level: 'debug', destination: { write: (line) => void logLines.push(line) } });
  const events = createEvents(logger, createMetrics({ processMetrics: false }));
  const secretBox = createSecretBox('a key of this test and nothing else');
  const config = { OW_API_URL: sandbox.url, OW_API_KEY: sandbox.apiKey, ...LOOPBACK };
  const settings = createRuntimeSettings(sql, secretBox, config);
  const upstream = createUpstream(settings, events);
  const { openWearables } = upstream;
  // Nothing here reaches for Temporal; a lazy connection never opens.
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const orchestration = createOrchestration(new Client({ connection }), 'unused');
  const schemaChecks = createSchemaChecks();
  const activities = createActivities({
    ...{ sql, pages: sql, settings, openWearables, orchestration, events, secretBox, schemaChecks },
    ...{ post: createPost({}), siteUrl: 'http://localhost' },
  });
  return {
    ...{ sql, sandbox, openWearables, secretBox, activities, logLines },
    ...polls(activities),
    async readFrom(url) {
      await settings.write('ow.api_url', url, null);
      await settings.write('ow.api_key', sandbox.apiKey, null);
    },
    async close() {
      await upstream.close();
      await connection.close();
      await sandbox.close();
      await database.drop();
    },
  };
}

/** A failing activity is a result here, not something to print. */
function quietEnvironment(heartbeatDetails?: unknown): MockActivityEnvironment {
  return new MockActivityEnvironment({ heartbeatDetails }, { logger: new DefaultLogger('ERROR') });
}

function polls(activities: Activities): Pick<Reader, 'poll' | 'readHistory' | 'failingPoll'> {
  type Read<Request> = (request: Request) => Promise<Counts>;
  const read = (request: ReadRequest, environment = quietEnvironment()) =>
    environment.run<[ReadRequest], Counts, Read<ReadRequest>>(
      (wanted) => activities.readSamples(wanted),
      request,
    );
  return {
    async poll(patientId) {
      const allowed = await activities.checkConsent(patientId);
      return allowed.kind === 'skip' ? allowed.reason : read(allowed.read);
    },
    readHistory: (request) =>
      quietEnvironment().run<
        [HistoryRequest],
        HistoryRead,
        (request: HistoryRequest) => Promise<HistoryRead>
      >((wanted) => activities.readHistory(wanted), request),
    async failingPoll(patientId) {
      const allowed = await activities.checkConsent(patientId);
      if (allowed.kind === 'skip') throw new Error(`nothing was read: ${allowed.reason}`);
      const environment = quietEnvironment();
      let progress: unknown;
      environment.on('heartbeat', (details: unknown) => {
        progress = details;
      });
      const failure = await read(allowed.read, environment).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (failure === undefined) throw new Error('the poll went through');
      return { failure, again: () => read(allowed.read, quietEnvironment(progress)) };
    },
  };
}
