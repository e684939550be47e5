import { Server } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';
import { createApp } from './app.js';
import { newApiKey } from './auth.js';
import { createControl } from './control.js';
import type { SandboxControl } from './control.js';
import { Faults, faulty } from './faults.js';
import { dateOf } from './instant.js';
import { logged, RequestLog } from './request-log.js';
import type { RawObjects, RawObjectsTarget } from './raw-objects.js';
import { loadState, saveState } from './state-file.js';
import { Webhooks } from './webhooks.js';
import { createWorld } from './world.js';
import type { World } from './world.js';

export interface SandboxOptions {
  /** 0 (default) takes any free port; the server listens on 127.0.0.1 only. */
  readonly port?: number;
  /** Default: the key of the state file, else a fresh `sk-<32 hex>`. */
  readonly apiKey?: string;
  /** All generated data derives from it; default 1. */
  readonly seed?: number;
  readonly now?: () => Date;
  /** Milliseconds until all rows of a connect's history run are visible; default 1500. */
  readonly historyRunMs?: number;
  /** Origin of a proxy in front of the callback, which vendors then return to (OW's API_BASE_URL); default: this server. */
  readonly callbackOrigin?: string;
  /** Default 90. */
  readonly historyDays?: number;
  /** Loaded at start, saved on each change of users and connections and on close. */
  readonly stateFile?: string;
  /** Where the vendors' answers are kept as objects (OW's RAW_PAYLOAD_STORAGE=s3); nowhere when left out. */
  readonly rawPayloads?: RawObjectsTarget;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`, without `/api/v1`. */
  readonly url: string;
  readonly apiKey: string;
  /** The vendors' sign-in pages: `{vendorUrl}/{provider}/oauth/authorize`. */
  readonly vendorUrl: string;
  readonly control: SandboxControl;
  /** Saves the state and leaves no socket, timer or file handle. */
  close(): Promise<void>;
}

/** The upstream closes idle connections after exactly five seconds and does not say so in a header. */
const KEEP_ALIVE_MS = 5_000;

/** The upstream sends no `Keep-Alive` header, so a client learns of the limit the hard way. */
function keepAliveSilently(server: Server): void {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('connection', 'keep-alive');
  });
}

function listen(server: ServerType, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' ? (address?.port ?? port) : port);
    });
  });
}

function stop(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

function apiKeyOf(world: World, asked: string | undefined): string {
  if (asked !== undefined) world.apiKeys.clear();
  const [kept] = world.apiKeys.keys();
  const key = asked ?? kept ?? newApiKey();
  if (kept !== key) world.apiKeys.set(key, { name: 'sandbox', createdAt: world.now() });
  return key;
}

function openWorld(options: SandboxOptions): { world: World; readonly save: () => void } {
  const world = createWorld(options);
  const { stateFile } = options;
  if (stateFile === undefined) return { world, save: () => undefined };
  loadState(world, stateFile);
  const save = () => {
    saveState(world, stateFile);
  };
  return { world: Object.assign(world, { changed: save }), save };
}

/** Keeps raw payloads from now on; the S3 client is loaded only then. */
async function keepRaw(world: World, target: RawObjectsTarget | undefined): Promise<RawObjects | undefined> {
  if (target === undefined) return undefined;
  const { keepRawObjects } = await import('./raw-objects.js');
  world.rawObjects = keepRawObjects(target);
  return world.rawObjects;
}

/** Starts the sandbox Open Wearables: the outside world of `npm start`, the tests and the benches. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { world, save } = openWorld(options);
  const apiKey = apiKeyOf(world, options.apiKey);
  const rawObjects = await keepRaw(world, options.rawPayloads);
  const [faults, closing, defects] = [new Faults(), new AbortController(), new Array<Error>()];
  const log = new RequestLog();
  const webhooks = new Webhooks(world);
  const before = [logged(log, () => dateOf(world.now())), faulty(faults, closing.signal)];
  const app = createApp(world, (error) => defects.push(error), before);
  const server = createAdaptorServer({ fetch: app.fetch });
  if (server instanceof Server) keepAliveSilently(server);
  world.origin = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const close = async () => {
    closing.abort();
    await webhooks.close();
    await stop(server);
    await rawObjects?.close();
    save();
  };
  const control = createControl(world, log, faults, defects, webhooks);
  return { url: world.origin, apiKey, vendorUrl: `${world.origin}/vendor`, control, close };
}
