import { execFile } from 'node:child_process';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Place } from '../../dev/journey/stage.js';
import { startSandbox, type Sandbox } from '../../dev/open-wearables/sandbox.js';
import { freePort } from '../../dev/servers/ports.js';
import { openApp } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { createLogger } from '../../src/logger.js';
import type { Ended } from '../helpers/command.js';
import { programIn, type WorkerProcess } from '../helpers/worker-process.js';
import { AsComposed, type Variables } from './as-composed.js';
import { setUpCluster, temporaryHome } from './clusters.js';
import { COMPOSE_FILE, loadCompose, type ComposeModel } from './compose-model.js';
import { layOutImage, WITHOUT_RIGHTS, type Image } from './image.js';
import { startTemporalCluster, type TemporalCluster } from './temporal-cluster.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A process of ours, and where it tells how it is. */
export interface Part {
  readonly process: WorkerProcess;
  readonly port: number;
  /** What the health check of its container says, as an exit code. */
  healthcheck(question: 'health' | 'ready'): Promise<number>;
}

/** What docker-compose.yml starts, as processes of this machine, with another port where two would collide. */
export interface Production {
  readonly place: Place;
  readonly sandbox: Sandbox;
  readonly temporal: TemporalCluster;
  readonly postgresUrl: string;
  readonly image: Image;
  readonly api: Part;
  readonly workers: readonly [Part, Part];
  /** A command of the program, as `docker compose run migrate ...` runs it. */
  command(...words: readonly string[]): Promise<Ended>;
  stop(): Promise<void>;
}

type Undo = (() => Promise<unknown>)[];

/** Starts everything in the order of the file; what was started is stopped when a later part fails. */
export async function startProduction(): Promise<Production> {
  const undo: Undo = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await start(undo)), stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

async function start(undo: Undo): Promise<Omit<Production, 'stop'>> {
  const [web, openWearables] = [await freePort(), await freePort()];
  // What an operator writes into .env.
  const options = {
    SITE_URL: `http://localhost:${web}`,
    OW_API_URL: `http://127.0.0.1:${openWearables}`,
    UPSTREAM_HOSTS: 'localhost:*,127.0.0.1:*',
    UPSTREAM_NETWORKS: '127.0.0.0/8,::1/128',
    SIGN_IN_HOSTS: 'localhost:*,127.0.0.1:*',
  };
  const model = await loadCompose(COMPOSE_FILE, options);
  const secrets = await makeSecrets(undo);
  const secret = async (name: string) => (await readFile(path.join(secrets, name), 'utf8')).trim();
  const postgres = await setUpCluster(await secret('postgres-password'), settingsOf(model));
  undo.push(() => postgres.stop());
  const { port: postgresPort } = new URL(postgres.url);
  const temporal = await startTemporalCluster(model, secrets, postgresPort);
  undo.push(() => temporal.stop());
  const sandbox = await startSandbox({
    port: openWearables,
    apiKey: await secret('ow-api-key'),
    callbackOrigin: options.SITE_URL,
  });
  undo.push(() => sandbox.close());

  await writeFile(path.join(secrets, 'database-url-here'), await databaseUrl(secret, postgresPort));
  const composed = new AsComposed(
    model,
    new Map([
      ['/run/secrets/database-url', path.join(secrets, 'database-url-here')],
      ['/run/secrets', secrets],
      ['0.0.0.0', '127.0.0.1'],
      ['temporal:7233', temporal.address],
    ]),
  );
  const environment = composed.environment('migrate', { ...options, PORT: String(web) });
  const image = await layOutImage();
  undo.push(() => image.remove());
  const run = (...words: readonly string[]) => runIn(image, [image.main, ...words], environment);
  await mustEndWell(run(...composed.command('migrate')));
  await mustEndWell(run('seed'));
  await mustEndWell(run('settings', 'set', 'module.ow', 'true'));
  const startPart = partStarter(image, undo);
  const api = await startPart('api', composed.environment('api', { ...options, PORT: String(web) }), web);
  const worker = async () => {
    const port = await freePort();
    return startPart(
      'worker',
      composed.environment('worker', { ...options, WORKER_PORT: String(port) }),
      port,
    );
  };
  const workers = [await worker(), await worker()] as const;
  const config = loadConfig(environment);
  const app = await openApp(config, createLogger({ level: 'silent' }));
  undo.push(() => app.close());
  const place = { app, config, http: { url: options.SITE_URL } };
  return { place, sandbox, temporal, image, postgresUrl: postgres.url, api, workers, command: run };
}

/** As an operator makes them. Postgres' own password is another one here, where it runs already. */
async function makeSecrets(undo: Undo): Promise<string> {
  const folder = await temporaryHome();
  undo.push(() => rm(folder, { recursive: true, force: true }));
  await promisify(execFile)(path.join(ROOT, 'deploy/secrets'), [folder]);
  // A container sees each of them by itself; here they lie in a folder that whoever runs must enter.
  await chmod(folder, 0o711);
  return folder;
}

async function databaseUrl(secret: (name: string) => Promise<string>, port: string): Promise<string> {
  return (await secret('database-url')).replace('@postgres:5432', `@127.0.0.1:${port}`);
}

/** `-c name=value` of the service's command. */
function settingsOf({ services }: ComposeModel): readonly string[] {
  return (services['postgres']?.command ?? []).filter((word) => word !== '-c');
}

async function mustEndWell(ending: Promise<Ended>): Promise<void> {
  const { code, errors } = await ending;
  if (code !== 0) throw new Error(errors);
}

function partStarter(image: Image, undo: Undo) {
  const program = programIn(image.folder, image.main);
  return async (name: 'api' | 'worker', environment: Variables, port: number): Promise<Part> => {
    const process = await program.start(name, { environment }, () => undefined, WITHOUT_RIGHTS);
    undo.push(() => process.stop());
    const healthcheck = async (question: string) =>
      (await runIn(image, ['healthcheck.mjs', question], environment)).code;
    return { process, port, healthcheck };
  };
}

/** A program of the image, as a container runs it. */
async function runIn(
  { folder: cwd }: Image,
  words: readonly string[],
  environment: Variables,
): Promise<Ended> {
  const [command = '', ...args] = [...WITHOUT_RIGHTS, process.execPath, ...words];
  const env = { PATH: process.env['PATH'], ...environment };
  return new Promise((resolve) => {
    const child = execFile(command, args, { cwd, env }, (_failure, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, lines: stdout.trimEnd().split('\n'), errors: stderr });
    });
  });
}
