import { Command } from 'commander';
import type { Client } from '@temporalio/client';
import type { Config } from '../config.js';
import { databaseTime } from '../db/health.js';
import { missingForReading } from '../db/reading-rights.js';
import type { Sql } from '../db/sql.js';
import { NamedError } from '../errors.js';
import { rawAccess } from '../raw-payloads/access.js';
import { openRawStorage } from '../raw-payloads/storage.js';
import { secretBoxOf } from '../secret-box.js';
import { requireReadableSecrets } from '../secret-rotation.js';
import type { RuntimeSettings } from '../runtime-settings.js';
import { commandForMissing } from '../temporal/search-attributes.js';
import { commandConfig, EXIT, outputOf } from './run.js';
import { tellChecks } from './status.js';

/** What was looked at, and how it is mended. */
interface Finding {
  readonly part: string;
  readonly ok: boolean;
  readonly says: string;
  readonly means: string | null;
  readonly next: string | null;
}

const PATIENCE_MS = 10_000;
const READ_LIMIT_BYTES = 1024 * 1024;
/** Samples carry the vendor's time, and sessions expire by the database's: a few seconds do no harm. */
const CLOCK_TOLERANCE_MS = 5_000;

export function doctorCommand(): Command {
  const command = new Command('doctor').description(
    'looks at everything this service needs, one by one, and says how to mend what is wrong',
  );
  return command.action(async () => {
    const findings = await examine();
    const output = outputOf(command);
    tellChecks(output, findings);
    const isWell = findings.every(({ ok }) => ok);
    output.result({ isWell, findings });
    if (!isWell) process.exitCode = EXIT.attention;
  });
}

async function examine(): Promise<Finding[]> {
  let config: Config;
  try {
    config = await commandConfig();
  } catch (thrown) {
    if (!(thrown instanceof NamedError)) throw thrown;
    return [
      sick('configuration', thrown.message, 'Correct the environment; .env.example shows every variable.'),
    ];
  }
  const { openHealth } = await import('./open-health.js');
  const open = await openHealth(config);
  try {
    const { checks, facts } = await open.health.look();
    const findings: Finding[] = [well('configuration', 'is complete'), ...checks];
    if (open.client !== undefined && facts.temporal === 'answers')
      findings.push(await searchAttributes(open.client));
    if (facts.database.state === 'away') return findings;
    findings.push(await readerRole(open.sql));
    const secrets = await lookAtSecrets(open.sql, config);
    if (!secrets.ok) return [...findings, secrets, await clock(open.sql)];
    return [...findings, secrets, await storage(open.settings), await clock(open.sql)];
  } finally {
    await open.close();
  }
}

/** Whether what is sealed in the database can be opened. */
async function lookAtSecrets(sql: Sql, config: Config): Promise<Finding> {
  const part = 'secrets';
  try {
    await requireReadableSecrets(sql, secretBoxOf(config));
    return well(part, 'can be opened with SECRET_KEY');
  } catch (thrown) {
    if (!(thrown instanceof NamedError))
      return sick(part, 'could not be looked at', 'Mend the database first.');
    return sick(part, 'cannot be opened', thrown.message);
  }
}

/** Whether pages and the API can read behind the wall between organizations. */
async function readerRole(sql: Sql): Promise<Finding> {
  const part = 'reader role';
  const missing = await missingForReading(sql);
  return missing === undefined
    ? well(part, 'can be taken on')
    : sick(part, 'cannot be taken on: no page is read', `As an administrator of the database: ${missing}`);
}

/** Whether runs can be found in Temporal's UI. */
async function searchAttributes({ connection, options: { namespace } }: Client): Promise<Finding> {
  const part = 'search attributes';
  const command = await commandForMissing(connection, namespace).catch(() => null);
  if (command === undefined) return well(part, 'are registered at Temporal');
  if (command === null)
    return sick(part, 'cannot be listed', 'Let this service list the search attributes of its namespace.');
  return sick(part, 'are missing at Temporal', `Start a worker, which adds them, or run: ${command}`);
}

/** Lists the raw payloads and reads one of them, when they are read at all. */
async function storage(stored: RuntimeSettings): Promise<Finding> {
  const part = 'raw storage';
  const settings = await stored.read();
  if (settings['ow.ingest_mode'] !== 'raw') return well(part, 'not used: mode is normalized');
  try {
    const store = await openRawStorage(rawAccess(settings), stored.egress);
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const found = await store.any(settings['ow.s3.key_prefix'], signal);
      if (found === undefined) return well(part, 'can be listed; no payload is there yet');
      const described = await store.describe(found.key, signal);
      if (described !== undefined) await store.read(described, READ_LIMIT_BYTES, signal);
      return well(part, 'can be listed and read');
    } finally {
      store.close();
    }
  } catch (thrown) {
    const says = thrown instanceof NamedError ? thrown.message : 'did not answer in time';
    return sick(
      part,
      says,
      'Compare ow.s3.* (`settings list`) with the S3 server; the key needs to list and to read.',
    );
  }
}

/** Our clock beside the database's. */
async function clock(sql: Sql): Promise<Finding> {
  const part = 'clock';
  const asked = Date.now();
  const theirs = (await databaseTime(sql)).getTime();
  const answered = Date.now();
  const offMs = Math.max(asked - theirs, theirs - answered, 0);
  if (offMs <= CLOCK_TOLERANCE_MS) return well(part, "agrees with the database's");
  const seconds = Math.round(offMs / 1000);
  return sick(
    part,
    `is ${seconds} s off the database's`,
    'Let both machines follow a time server (chrony, systemd-timesyncd).',
  );
}

function well(part: string, says: string): Finding {
  return { part, ok: true, says, means: null, next: null };
}

function sick(part: string, says: string, next: string): Finding {
  return { part, ok: false, says, means: null, next };
}
