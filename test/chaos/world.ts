import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Client } from '@temporalio/client';
import { freePort } from '../../dev/servers/ports.js';
import { startSandbox, type Sandbox } from '../../dev/open-wearables/sandbox.js';
import { STUDY } from '../../dev/journey/stage.js';
import { startWorld, type World } from '../../dev/world.js';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { createAccessToken } from '../../src/db/access-tokens.js';
import { findPractitionerByEmail } from '../../src/db/users.js';
import { only, type Sql } from '../../src/db/sql.js';
import { createLogger } from '../../src/logger.js';
import { rawAccess } from '../../src/raw-payloads/access.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { workflowsPath } from '../../src/temporal/workflows-path.js';
import { layOutProgram, type LogLine } from '../helpers/worker-process.js';
import { writerTo, type Writer } from '../raw-payloads/bucket.js';
import type { ModelStudy } from '../ingest/model/kinds.js';
import { openLink, type Link } from './proxy.js';
import { LINKS, PROCESSES, type LinkName, type ProcessName } from './script.js';
import { Supervised } from './supervised.js';

export const CODES = { heart_rate: 'omh:heart-rate:2.0', oxygen_saturation: 'omh:oxygen-saturation:2.0' };
export const HISTORY_DAYS = 5;
/** How long Open Wearables takes to fetch what it keeps of a ring. */
export const RUN_MS = 600;
const RING_DAYS = 2;

/** One set of servers for many rounds: the program in processes of its own, which reach everything through links. */
export interface ChaosWorld {
  /** The way of the test itself, beside the links. */
  readonly app: World['app'];
  readonly sandbox: Sandbox;
  readonly bucket: Writer;
  readonly temporal: Client;
  readonly links: Readonly<Record<LinkName, Link>>;
  readonly processes: Readonly<Record<ProcessName, Supervised>>;
  readonly apiUrl: string;
  /** Of a practitioner of the study. */
  readonly token: string;
  readonly study: ModelStudy;
  /** How often the processes warned of what: the failures that the faults came to. */
  readonly warnings: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export async function startChaosWorld(): Promise<ChaosWorld> {
  const stack = new Array<() => Promise<unknown>>();
  const close = async () => {
    for (const stop of stack.reverse()) await stop();
  };
  const [web, temporalPort, api] = [await freePort(), await freePort(), await freePort()];
  const sandbox = await startSandbox({ historyDays: RING_DAYS, historyRunMs: RUN_MS });
  stack.push(() => sandbox.close());
  const bundle = await bundleWorkflowCode({
    workflowsPath: workflowsPath(),
    logger: new DefaultLogger('ERROR'),
  });
  const world = await startWorld({
    ports: { web, openWearables: 0, temporal: temporalPort, temporalUi: null, mail: null },
    say: () => undefined,
    logger: createLogger({ level: 'silent' }),
    environment: { OW_API_URL: sandbox.url, OW_API_KEY: sandbox.apiKey, RATE_LIMIT_FACTOR: '100000' },
    bundle: { code: bundle.code, sourceMap: '' },
  });
  stack.push(() => world.close());
  await world.worker.stop();
  const { app } = world;
  const { client: temporal, close: closeTemporal } = await connectTemporal(world.config);
  stack.push(closeTemporal);

  const inside = await app.settings.read();
  const bucket = writerTo(rawAccess(inside));
  stack.push(async () => {
    bucket.stop();
    await Promise.resolve();
  });
  const database = new URL(world.config.DATABASE_URL);
  const targets = {
    ow: portOf(sandbox.url),
    postgres: Number(database.port),
    s3: portOf(inside['ow.s3.endpoint_url']),
    temporal: temporalPort,
  };
  const opened = await Promise.all(
    LINKS.map(async (name) => {
      const link = await openLink(targets[name]);
      stack.push(() => link.close());
      return [name, link] as const;
    }),
  );
  const links = Object.fromEntries(opened) as Record<LinkName, Link>;
  await app.settings.write('ow.s3.endpoint_url', `http://127.0.0.1:${links.s3.port}`, null);
  await app.settings.write('ow.s3.access_key_id', inside['ow.s3.access_key_id'], null);
  await app.settings.write('ow.s3.secret_access_key', inside['ow.s3.secret_access_key'], null);
  await app.settings.write('ow.requests_per_second', '1000', null);
  // Rounds poll by hand, and whoever belongs to an earlier one is left alone.
  await app.settings.write('ow.max_age_minutes', '1440', null);
  await app.orchestration.pauseSchedule('chaos polls by itself');

  database.host = `127.0.0.1:${links.postgres.port}`;
  const environment = {
    ...world.environment,
    DATABASE_URL: database.toString(),
    TEMPORAL_ADDRESS: `127.0.0.1:${links.temporal.port}`,
    OW_API_URL: `http://127.0.0.1:${links.ow.port}`,
    PORT: String(api),
    SITE_URL: `http://127.0.0.1:${api}`,
    RATE_LIMIT_FACTOR: '100000',
  };
  const program = await layOutProgram(bundle.code);
  stack.push(() => program.remove());
  const warnings = new Map<string, number>();
  const hear = ({ level, event, kind = '' }: LogLine) => {
    if (level !== 'warn' && level !== 'error') return;
    const warning = `${String(event)} ${String(kind)}`.trim();
    warnings.set(warning, (warnings.get(warning) ?? 0) + 1);
  };
  const supervised = PROCESSES.map((name) => {
    const part = name === 'api' ? 'api' : 'worker';
    const process = new Supervised(() => program.start(part, { environment }, hear));
    stack.push(() => process.stop());
    return [name, process] as const;
  });
  stack.push(async () => {
    for (const link of Object.values(links)) await link.set(null);
  });
  const processes = Object.fromEntries(supervised) as Record<ProcessName, Supervised>;
  await Promise.all(Object.values(processes).map((process) => process.up()));
  return {
    ...{ app, sandbox, bucket, temporal, links, processes, warnings, close },
    study: await makeStudy(app.sql),
    token: await makeToken(app.sql),
    apiUrl: `http://127.0.0.1:${api}`,
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

async function makeStudy(sql: Sql): Promise<ModelStudy> {
  const codes = Object.values(CODES);
  const { id } = only(
    await sql<{ id: number }[]>`
      insert into studies (organization_id, name, description, history_days)
      values (${STUDY.organizationId}, 'Chaos', '', ${HISTORY_DAYS}) returning id`,
  );
  await sql`
    insert into study_scopes (study_id, concept_id)
    select ${id}, id from codeable_concepts where code = any(${codes})`;
  await sql`
    insert into study_data_sources (study_id, data_source_id) select ${id}, id from data_sources where provider = 'oura'`;
  await sql`
    insert into data_source_scopes (data_source_id, concept_id)
    select d.id, c.id from data_sources d, codeable_concepts c where d.provider = 'oura' and c.code = any(${codes})
    on conflict do nothing`;
  return { id, historyDays: HISTORY_DAYS, codes, providers: ['oura'] };
}

async function makeToken(sql: Sql): Promise<string> {
  const userId = await findPractitionerByEmail(sql, 'manager_mary@example.com');
  if (userId === undefined) throw new Error('the seeded practitioner is missing');
  const token = newToken();
  await createAccessToken(sql, {
    ...{ userId, name: 'chaos', tokenHash: hashToken(token), validDays: 1, access: 'write' },
  });
  return token;
}
