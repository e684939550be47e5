import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../src/config.js';
import { until } from './journey/until.js';
import { freePort } from './servers/ports.js';
import type { World } from './world.js';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
/** Little enough room that what is no longer needed goes soon: what stays is what is held. */
const ROOM = ['--max-old-space-size=192', '--max-semi-space-size=4'];
const BETWEEN_LOOKS_MS = 100;
const MEBIBYTE = 2 ** 20;

/** The HTTP of a world as a process of its own: its memory is that of the requests it answers and of nothing else. */
export interface ApiProcess {
  readonly url: string;
  /** The most memory, in MiB, that it held at once while some work was done. */
  mostMemory(work: () => Promise<void>): Promise<number>;
  /** SIGTERM; what becomes of it, `gone` tells. */
  tellToStop(): void;
  /** SIGKILL: it ends where it stands. */
  kill(): Promise<void>;
  /** The exit code, once the process has ended. */
  readonly gone: Promise<number | null>;
  stop(): Promise<void>;
}

export async function startApiProcess(
  { environment }: Pick<World, 'environment'>,
  more: Environment = {},
): Promise<ApiProcess> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const { PATH } = process.env;
  const child = spawn(process.execPath, [...ROOM, '--import', 'tsx', MAIN, 'api'], {
    env: { PATH, ...environment, PORT: String(port), SITE_URL: url, LOG_LEVEL: 'error', ...more },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const gone = once(child, 'exit').then(() => child.exitCode);
  await until(`${url} answers`, async () => {
    if (child.exitCode !== null) throw new Error('the API ended while it started');
    return (await fetch(`${url}/health`).catch(() => undefined))?.ok;
  });
  const tellToStop = () => void child.kill('SIGTERM');
  return {
    url,
    mostMemory: (work) => mostMemory(url, work),
    tellToStop,
    gone,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      tellToStop();
      await gone;
    },
  };
}

async function mostMemory(url: string, work: () => Promise<void>): Promise<number> {
  const ended = work();
  let most = 0;
  for (let isDone = false; !isDone;) {
    most = Math.max(most, await residentMemory(url));
    const pause = new Promise<false>((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS, false));
    isDone = await Promise.race([ended.then(() => true), pause]);
  }
  return Math.round(most / MEBIBYTE);
}

async function residentMemory(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const [, bytes] = /^process_resident_memory_bytes (\d+)/m.exec(metrics) ?? [];
  if (bytes === undefined) throw new Error('the metrics do not tell the memory');
  return Number(bytes);
}
