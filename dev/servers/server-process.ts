import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeBelongings, type Belongings } from './belongings.js';
import { defaultStateDir } from './folders.js';
import { PartUnavailable } from './part-unavailable.js';
import { recordPid, signalProcess, stopProcess, type StopSignal } from './processes.js';
import type { Say } from './say.js';

export interface Launch {
  /** What the process is called in messages, e.g. `Postgres`. */
  readonly part: string;
  readonly executable: string;
  readonly args: readonly string[];
  /** A folder the server's user may enter; otherwise a fresh one in the state folder. */
  readonly cwd?: string;
  /** What its environment has beside the almost nothing that every server gets. */
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly stopSignal: StopSignal;
  /** What goes when the process goes. */
  readonly belongings?: Belongings;
  readonly stateDir?: string | undefined;
  readonly say: Say;
}

export interface ServerProcess {
  readonly pid: number;
  /** The exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>;
  isRunning(): boolean;
  /** From now on this process may end while the server runs; the server ends with it. */
  unref(): void;
  /** Tells the last lines the process wrote. */
  sayLastLines(): void;
  /** Ends the process, waits for it, and removes what goes with it; may be called again. */
  stop(): Promise<void>;
}

/**
 * Starts a server in a session of its own, so that Ctrl-C reaches only us and we end the servers last.
 *
 * Its pid is recorded for the next start, its output goes to a folder of its own in the state folder, and it gets an almost empty
 * environment: neither our settings nor our secrets. Ends with this process at the latest. Throws PartUnavailable when
 * it cannot be executed.
 */
export async function launch(options: Launch): Promise<ServerProcess> {
  const { part, stateDir = defaultStateDir(), say } = options;
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const runFolder = mkdtempSync(join(stateDir, 'run-'));
  const log = join(runFolder, 'output.log');
  const { own = [], shared = [] } = options.belongings ?? {};
  const belongings = { own: [runFolder, ...own], shared };
  const output = openSync(log, 'a', 0o600);
  const child = spawn(options.executable, options.args, {
    cwd: options.cwd ?? runFolder,
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: process.env['PATH'], HOME: runFolder, LC_ALL: 'C', TZ: 'UTC', ...options.env },
    ...(options.user && { uid: options.user.uid, gid: options.user.gid }),
  });
  closeSync(output);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const failed = new Promise<Error>((resolve) => child.once('error', resolve));
  const { pid } = child;
  if (pid === undefined) {
    await failed;
    removeBelongings(belongings);
    throw new PartUnavailable(
      `${part} cannot be started: ${options.executable} is missing or may not be executed.`,
    );
  }
  const forget = recordPid({ part, pid, signal: options.stopSignal, belongings }, stateDir);

  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const endWithUs = () => {
    if (isRunning()) signalProcess(pid, options.stopSignal);
  };
  process.once('exit', endWithUs);

  return {
    pid,
    exited,
    isRunning,
    unref: () => {
      child.unref();
    },
    sayLastLines: () => {
      const lines = readFileSync(log, 'utf8').trim().split('\n').slice(-5);
      for (const line of lines) say(`${part}: ${line}`);
    },
    stop: async () => {
      if (isRunning()) await stopProcess(pid, { graceMs: 10_000, signal: options.stopSignal });
      process.off('exit', endWithUs);
      removeBelongings(belongings);
      forget();
    },
  };
}

/**
 * Waits until a started server answers, asking every 20 ms. When it ends by itself or stays silent for `timeoutMs`, its
 * last lines are told, everything is removed, and PartUnavailable is thrown.
 */
export async function waitUntilReady(
  server: ServerProcess,
  options: { part: string; timeoutMs: number; isReady: () => Promise<boolean> },
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  while (server.isRunning() && Date.now() < deadline) {
    if (await options.isReady()) {
      server.unref();
      return;
    }
    await sleep(20);
  }
  const how = server.isRunning()
    ? `did not answer within ${options.timeoutMs / 1_000} s`
    : 'stopped while starting';
  server.sayLastLines();
  await server.stop();
  throw new PartUnavailable(`${options.part} ${how}. Its last lines are above.`);
}
