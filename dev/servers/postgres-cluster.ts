import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeBelongings, type Belongings } from './belongings.js';
import { exists } from './install-once.js';
import { PartUnavailable } from './part-unavailable.js';
import { openWay, type ServerUser } from './postgres-user.js';
import type { Say } from './say.js';
import { launch } from './server-process.js';

export interface Cluster {
  readonly dataDir: string;
  readonly persistent: boolean;
  readonly initdb: string;
  readonly user: ServerUser | undefined;
  readonly stateDir: string | undefined;
  readonly say: Say;
}

const cluster = 'postgres-cluster';
const unfinished = `${cluster}.partial`;
const password = 'postgres-password';

/** The folder of the database files inside a data folder; the password lies beside it. */
export function clusterFolder(dataDir: string): string {
  return join(dataDir, cluster);
}

/** All that a cluster puts into a data folder. */
export function clusterFiles(dataDir: string): Belongings {
  return { own: [cluster, unfinished, password].map((name) => join(dataDir, name)), shared: [dataDir] };
}

/**
 * Makes the database files of a data folder unless they are there, and returns the superuser's password.
 * Encoding UTF8, locale C. Throws PartUnavailable for a folder that holds something else.
 */
export async function prepareCluster(options: Cluster): Promise<string> {
  const { dataDir, user } = options;
  const folder = clusterFolder(dataDir);
  await requireOurs(dataDir, options.persistent);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (user) await chown(dataDir, user.uid, user.gid);
  try {
    if (user) openWay(dataDir, user);
    if (!(await exists(folder))) await initialise(options, folder);
    return await readFile(join(dataDir, password), 'utf8');
  } catch (error) {
    if (!options.persistent) removeBelongings(clusterFiles(dataDir));
    throw error;
  }
}

/** Nothing of others may be in the folder, nor data to keep in one that is thrown away. */
async function requireOurs(dataDir: string, persistent: boolean): Promise<void> {
  const names = (await exists(dataDir)) ? await readdir(dataDir) : [];
  const isBlank = names.every((name) => name === unfinished || name === password);
  const isUsable = isBlank || (persistent && names.includes(cluster));
  if (!isUsable) {
    throw new PartUnavailable(
      `The data folder ${dataDir} holds other files. Choose an empty one (--data DIR).`,
    );
  }
}

/** Works in a sibling that is renamed, so that a killed start leaves no half cluster. */
async function initialise(options: Cluster, folder: string): Promise<void> {
  const { dataDir, user } = options;
  const partial = join(dataDir, unfinished);
  const passwordFile = join(dataDir, password);
  await rm(partial, { recursive: true, force: true });
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  const initdb = await launch({
    part: 'Postgres initdb',
    executable: options.initdb,
    args: [
      `--pgdata=${partial}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      ...(options.persistent ? [] : ['--no-sync']),
    ],
    cwd: dataDir,
    user,
    stopSignal: 'SIGINT',
    belongings: { own: [partial], shared: [] },
    stateDir: options.stateDir,
    say: options.say,
  });
  const code = await initdb.exited;
  if (code === 0) await rename(partial, folder);
  else initdb.sayLastLines();
  await initdb.stop();
  if (code !== 0)
    throw new PartUnavailable(`Postgres could not make its files in ${dataDir}. See the lines above.`);
}
