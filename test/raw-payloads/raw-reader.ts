import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { STUDY } from '../../dev/journey/stage.js';
import { startSandbox, type Sandbox } from '../../dev/open-wearables/sandbox.js';
import { rawActivities } from '../../src/activities/raw.js';
import type { Sql } from '../../src/db/sql.js';
import { createEvents } from '../../src/events.js';
import { createLogger } from '../../src/logger.js';
import { createRuntimeSettings, type RuntimeSettings } from '../../src/runtime-settings.js';
import { createSchemaChecks } from '../../src/schema-checks.js';
import { createSecretBox } from '../../src/secret-box.js';
import { createMetrics } from '../../src/telemetry.js';
import { createUpstream, type Upstream } from '../../src/upstream.js';
import type { Counts } from '../../src/workflows/contract.js';
import { OURA } from '../helpers/connected-patient.js';
import { seededDatabase } from '../helpers/database.js';
import { LOOPBACK } from '../helpers/loopback.js';
import { startBucket, type Bucket } from './bucket.js';

/** Concepts of the starting world that an Oura ring can measure. */
export const CONCEPTS = { oxygenSaturation: 50005, respiratoryRate: 50006, sleepStageSummary: 50014 };

export interface StoredObservation {
  readonly value: number;
  readonly status: string;
  readonly dataType: string;
  readonly system: string;
  readonly key: string;
}

export interface LedgerRow {
  readonly endpoint: string | null;
  readonly status: string;
  readonly reason: string | null;
  readonly seen: number;
  readonly created: number;
}

/** Raw mode without Temporal: a database, a bucket, and a sandbox Open Wearables that keeps raw payloads there. */
export interface RawReader {
  readonly sql: Sql;
  readonly bucket: Bucket;
  readonly sandbox: Sandbox;
  readonly settings: RuntimeSettings;
  readonly openWearables: Upstream['openWearables'];
  readonly logLines: readonly string[];
  read(patientId: number): Promise<Counts>;
  /** A read that is cancelled after some objects. */
  readUntil(patientId: number, objects: number): Promise<unknown>;
  /** The patient's observations, the oldest first, with the key of the object each came from. */
  stored(patientId: number): Promise<StoredObservation[]>;
  /** The objects that were read, in the order in which they were first read. */
  ledger(patientId: number): Promise<LedgerRow[]>;
  /** Lets the study ask for a kind of data, and the ring measure it. */
  ask(conceptId: number): Promise<void>;
  close(): Promise<void>;
}

export async function startRawReader(): Promise<RawReader> {
  const database = await seededDatabase();
  const { sql } = database;
  const bucket = await startBucket();
  const sandbox = await startSandbox({ historyRunMs: 0, rawPayloads: bucket.access });
  const logLines: string[] = [];
  const logger = createLogger({ level: 'debug', destination: { write: (line) => void logLines.push(line) } });
  const events = createEvents(logger, createMetrics({ processMetrics: false }));
  const secretBox = createSecretBox('a key of this test and nothing else');
  const settings = createRuntimeSettings(sql, secretBox, {
    OW_API_URL: sandbox.url,
    OW_API_KEY: sandbox.apiKey,
    ...LOOPBACK,
  });
  await settings.write('ow.s3.endpoint_url', bucket.access.endpoint, null);
  await settings.write('ow.s3.access_key_id', bucket.access.accessKeyId, null);
  await settings.write('ow.s3.secret_access_key', bucket.access.secretAccessKey, null);
  await settings.write('ow.s3.bucket_name', bucket.access.bucket, null);
  const upstream = createUpstream(settings, events);
  const activities = rawActivities({
    ...{ sql, pages: sql, settings, events, secretBox },
    schemaChecks: createSchemaChecks(),
  });
  const read = (patientId: number, environment: MockActivityEnvironment) =>
    environment.run<[number], Counts, (id: number) => Promise<Counts>>(
      (id) => activities.readRawObjects({ patientId: id }),
      patientId,
    );
  return {
    ...{ sql, bucket, sandbox, settings, openWearables: upstream.openWearables, logLines },
    read: (patientId) => read(patientId, quietEnvironment()),
    async readUntil(patientId, objects) {
      const environment = quietEnvironment();
      let left = objects;
      environment.on('heartbeat', () => {
        left -= 1;
        if (left === 0) environment.cancel();
      });
      return read(patientId, environment).catch((thrown: unknown) => thrown);
    },
    stored: (patientId) => sql<StoredObservation[]>`
      select o.value, o.status, o.data_type as "dataType", o.identifier_system as system, r.key
      from observations o left join raw_objects r on r.id = o.raw_object_id
      where o.patient_id = ${patientId} order by o.effective_start, o.id`,
    ledger: (patientId) => sql<LedgerRow[]>`
      select endpoint, status, reason, seen, created from raw_objects where patient_id = ${patientId} order by id`,
    async ask(conceptId) {
      await sql`
        insert into study_scopes (study_id, concept_id) values (${STUDY.studyId}, ${conceptId}) on conflict do nothing`;
      await sql`
        insert into data_source_scopes (data_source_id, concept_id) values (${OURA.dataSourceId}, ${conceptId})
        on conflict do nothing`;
    },
    async close() {
      await upstream.close();
      await sandbox.close();
      await bucket.stop();
      await database.drop();
    },
  };
}

/** A failing activity is a result here, not something to print. */
function quietEnvironment(): MockActivityEnvironment {
  return new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
}
