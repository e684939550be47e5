import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { findPostgresClient } from '../../dev/servers/postgres-client.js';
import { clusterFolder } from '../../dev/servers/postgres-cluster.js';
import { serverUser } from '../../dev/servers/postgres-user.js';
import { startPostgres } from '../../dev/servers/postgres.js';
import type { Ended } from '../helpers/command.js';

const DEPLOY = fileURLToPath(new URL('../../deploy/', import.meta.url));
/** The database, and the login that owns it, as `postgres-init.sh` makes them. */
const NAME = 'wearable_exchange';
const PASSWORD = 'of this test and nothing else';

/** A Postgres server of its own, that nothing else uses. */
export interface TestCluster {
  /** The superuser's way in, database `postgres`. */
  readonly url: string;
  readonly dataDir: string;
  /** The service's way in: a login that is no superuser, to its own database. */
  readonly loginUrl: string;
  stop(): Promise<void>;
}

/** A cluster that nobody has set up. */
export async function emptyCluster(): Promise<TestCluster> {
  return start(await temporaryHome(), false);
}

/** A cluster as docker-compose sets it up, whose log is archived into a folder. */
export async function readyCluster(archive: string): Promise<TestCluster> {
  await giveToServer(archive);
  return setUpCluster(PASSWORD, [
    ...['archive_mode=on', `archive_command=test ! -f ${archive}/%f && cp %p ${archive}/%f`],
  ]);
}

/** A cluster as docker-compose sets it up, with the password of its roles and further settings, `name=value`. */
export async function setUpCluster(password: string, settings: readonly string[]): Promise<TestCluster> {
  const cluster = await start(await temporaryHome(), false, settings);
  const { errors, code } = await run('postgres-init.sh', [], cluster.url, {
    POSTGRES_USER: 'postgres',
    POSTGRES_PASSWORD: password,
  });
  if (code !== 0) throw new Error(errors);
  return cluster;
}

/** A cluster that starts from a physical backup of another one; with an archive, it plays back all that is there. */
export async function clusterFrom(
  folder: string,
  { dataDir: lost }: TestCluster,
  archive?: string,
): Promise<TestCluster> {
  const home = await temporaryHome();
  const dataDir = path.join(home, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  await cp(folder, clusterFolder(dataDir), { recursive: true });
  await cp(path.join(lost, 'postgres-password'), path.join(dataDir, 'postgres-password'));
  if (archive !== undefined) await writeFile(path.join(clusterFolder(dataDir), 'recovery.signal'), '');
  await giveToServer(dataDir);
  return start(home, true, archive === undefined ? [] : [`restore_command=cp ${archive}/%f %p`]);
}

/** Postgres runs as a user of its own where we are root. */
async function giveToServer(folder: string): Promise<void> {
  const user = serverUser(() => undefined);
  if (user) await promisify(execFile)('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
}

/** Makes the login and an empty database in a cluster that has neither, as an administrator does before `restore`. */
export async function makeEmptyDatabase(
  { url }: TestCluster,
  rights: 'createrole' | 'nocreaterole',
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql.unsafe(`create role ${NAME} login ${rights} password '${PASSWORD}'`);
  await sql.unsafe(`create database ${NAME} owner ${NAME}`);
  await sql.end({ timeout: 5 });
}

/** Makes one more empty database in a cluster that is set up; answers the service's way in. */
export async function makeAnotherDatabase({ url, loginUrl }: TestCluster, name: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql.unsafe(`create database ${name} owner ${NAME}`);
  await sql.end({ timeout: 5 });
  return Object.assign(new URL(loginUrl), { pathname: `/${name}` }).toString();
}

/** Runs a script of `deploy/backup` against the database of a URL. */
export async function backupScript(
  name: 'dump' | 'restore' | 'base',
  argument: string,
  url: string,
): Promise<Ended> {
  return run(path.join('backup', name), [argument], url);
}

export async function temporaryHome(): Promise<string> {
  return mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-backup-'));
}

/** With files that are there already, or with new ones. */
async function start(
  home: string,
  hasFiles: boolean,
  settings: readonly string[] = [],
): Promise<TestCluster> {
  const dataDir = path.join(home, 'data');
  const server = await startPostgres({ dataDir, persistent: hasFiles, settings, say: () => undefined });
  const loginUrl = Object.assign(new URL(server.url), {
    ...{ username: NAME, password: PASSWORD, pathname: `/${NAME}` },
  }).toString();
  return {
    ...{ url: server.url, dataDir, loginUrl },
    async stop() {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A script signs in by what libpq finds in the environment. */
async function run(
  script: string,
  args: readonly string[],
  url: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const searchPath = process.env['PATH'];
  const programs = await findPostgresClient({ searchPath, say: () => undefined });
  const env = {
    ...{
      PATH: [programs, searchPath].join(path.delimiter),
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: username,
    },
    ...{ PGPASSWORD: decodeURIComponent(password), PGDATABASE: pathname.slice(1), ...environment },
  };
  return new Promise((resolve) => {
    const child = execFile(path.join(DEPLOY, script), args, { env }, (_failure, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, lines: stdout.trimEnd().split('\n'), errors: stderr });
    });
  });
}
