import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import postgres from 'postgres';
import { openApp, type App } from '../src/app.js';
import { hashPassword } from '../src/auth/passwords.js';
import { loadConfig, type Config } from '../src/config.js';
import { migrate } from '../src/db/migrate.js';
import { migrationsFolder } from '../src/db/migrations-folder.js';
import { seed } from '../src/db/seed/seed.js';
import { SEED_PASSWORD } from '../src/db/seed/world.js';
import type { RunningHttp } from '../src/http-server.js';
import type { Logger } from '../src/logger.js';
import type { RunningWorker } from '../src/temporal/worker.js';
import { startSandbox, type Sandbox } from './open-wearables/sandbox.js';
import { startMailCatcher, type MailCatcher } from './servers/mail.js';
import { requirePort } from './servers/ports.js';
import { startPostgres } from './servers/postgres.js';
import { startS3 } from './servers/s3.js';
import type { Say } from './servers/say.js';
import { startTemporal } from './servers/temporal.js';

const MAIL_FROM = 'wearable-exchange <studies@localhost.localdomain>';

/** Ports of the embedded world; 8010 stays free. */
export interface Ports {
  readonly web: number;
  readonly openWearables: number;
  readonly temporal: number;
  /** Null: no UI. */
  readonly temporalUi: number | null;
  /** The page of caught mails; null: no page. */
  readonly mail: number | null;
}

export interface WorldOptions {
  readonly ports: Ports;
  /** Keep everything here between runs; without it nothing is kept. */
  readonly dataDir?: string | undefined;
  readonly say: Say;
  readonly logger: Logger;
  /** DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL, OW_API_URL and OW_API_KEY replace the embedded part of that name. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly bundle?: WorkflowBundleWithSourceMap | undefined;
}

/** Everything that runs: the servers, the sandbox, the service itself. */
export interface World {
  readonly app: App;
  readonly worker: RunningWorker;
  readonly http: RunningHttp;
  /** Undefined when a real Open Wearables is used. */
  readonly sandbox: Sandbox | undefined;
  readonly config: Config;
  /** Undefined when a real mail server is used. */
  readonly mail: MailCatcher | undefined;
  readonly temporalUiUrl: string | null;
  /** What another process needs in its environment to reach this world. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Remembers a started part, to be stopped at the end or when a later part fails. */
type Keep = <Part extends { stop(): Promise<void> }>(part: Part) => Part;

/** Boots the world, part by part; what was started is stopped when a later part fails. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const started: { stop(): Promise<void> }[] = [];
  const keep: Keep = (part) => {
    started.push(part);
    return part;
  };
  const close = async () => {
    for (const part of started.reverse()) await part.stop();
    started.length = 0;
  };
  try {
    return { ...(await boot(options, keep)), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function boot(
  { ports, dataDir, say, logger, environment, bundle }: WorldOptions,
  keep: Keep,
): Promise<Omit<World, 'close'>> {
  await requirePort(ports.web, 'the web server', 'PORT');
  const home = dataDir === undefined ? await temporaryHome(keep) : path.resolve(dataDir);
  await mkdir(home, { recursive: true, mode: 0o755 });

  const siteUrl = environment['SITE_URL'] ?? `http://localhost:${ports.web}`;
  const { sandbox, owUrl, owKey } = await openWearables(
    { environment, ports, siteUrl, home: dataDir === undefined ? undefined : home },
    keep,
  );
  const database = keep(
    await startPostgres({
      dataDir: path.join(home, 'postgres'),
      persistent: dataDir !== undefined,
      say,
      external: environment['DATABASE_URL'],
    }),
  );
  const temporal = keep(
    await startTemporal({
      port: ports.temporal,
      uiPort: ports.temporalUi,
      dataFile: dataDir === undefined ? undefined : path.join(home, 'temporal.db'),
      say,
      external: environment['TEMPORAL_ADDRESS'],
    }),
  );
  const s3 = keep(await startS3({ bucket: 'raw-payloads', say }));
  const mail = environment['SMTP_URL'] === undefined ? keep(await startMailCatcher(ports.mail)) : undefined;
  const databaseUrl = environment['DATABASE_URL'] ?? (await ensureDatabase(database.url));
  const worldEnvironment = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    PORT: String(ports.web),
    SITE_URL: siteUrl,
    SECRET_KEY: environment['SECRET_KEY'] ?? (await secretKey(home)),
    OW_API_URL: owUrl,
    OW_API_KEY: owKey,
    UPSTREAM_HOSTS: environment['UPSTREAM_HOSTS'] ?? 'localhost:*,127.0.0.1:*',
    UPSTREAM_NETWORKS: environment['UPSTREAM_NETWORKS'] ?? '127.0.0.0/8,::1/128',
    SIGN_IN_HOSTS: environment['SIGN_IN_HOSTS'] ?? 'localhost:*,127.0.0.1:*',
    ...(mail === undefined ? {} : { SMTP_URL: mail.smtpUrl, MAIL_FROM }),
    ...(temporal.uiUrl === null ? {} : { TEMPORAL_UI_URL: temporal.uiUrl }),
  };
  const config = loadConfig({ ...environment, ...worldEnvironment });
  const app = await openApp(config, logger);
  keep({ stop: () => app.close() });
  await migrate(app.sql, migrationsFolder());
  await seed(app.sql, { siteUrl: config.SITE_URL, passwordHash: await hashPassword(SEED_PASSWORD) });
  await app.settings.write('module.ow', 'true', null);
  await app.settings.write('ow.s3.endpoint_url', s3.endpoint, null);
  await app.settings.write('ow.s3.access_key_id', s3.accessKeyId, null);
  await app.settings.write('ow.s3.secret_access_key', s3.secretAccessKey, null);
  await app.settings.write('ow.s3.bucket_name', s3.bucket, null);
  const worker = keep(await app.startWorker(bundle));
  await app.ensureSchedule();
  const http = keep(await app.startHttp());
  return {
    ...{ app, worker, http, sandbox, config, mail },
    ...{ temporalUiUrl: temporal.uiUrl, environment: worldEnvironment },
  };
}

/** The sandbox's vendors return to our own callback, so that a "no" at the vendor ends on our page, not on OW's JSON. */
async function openWearables(
  where: Pick<WorldOptions, 'environment' | 'ports'> & {
    readonly siteUrl: string;
    readonly home: string | undefined;
  },
  keep: Keep,
): Promise<{ sandbox: Sandbox | undefined; owUrl: string; owKey: string }> {
  const { environment, ports, siteUrl, home } = where;
  const { OW_API_URL: url, OW_API_KEY: key } = environment;
  if (url !== undefined && key !== undefined) return { sandbox: undefined, owUrl: url, owKey: key };
  await requirePort(ports.openWearables, 'the sandbox Open Wearables', 'OW_PORT');
  const stateFile = home === undefined ? {} : { stateFile: path.join(home, 'open-wearables.json') };
  const sandbox = await startSandbox({ port: ports.openWearables, callbackOrigin: siteUrl, ...stateFile });
  keep({ stop: () => sandbox.close() });
  return { sandbox, owUrl: sandbox.url, owKey: sandbox.apiKey };
}

async function temporaryHome(keep: Keep): Promise<string> {
  const home = path.join(os.tmpdir(), `wearable-exchange-${process.pid}-${randomBytes(4).toString('hex')}`);
  keep({ stop: () => rm(home, { recursive: true, force: true }) });
  return Promise.resolve(home);
}

/** The service keeps its tables out of the cluster's own database. */
async function ensureDatabase(clusterUrl: string): Promise<string> {
  const name = 'wearable_exchange';
  const sql = postgres(clusterUrl, { max: 1, onnotice: () => undefined });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** A kept world must read its own secrets again. */
async function secretKey(home: string): Promise<string> {
  const file = path.join(home, 'secret-key');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  const key = randomBytes(32).toString('hex');
  await writeFile(file, key, { mode: 0o600 });
  return key;
}
