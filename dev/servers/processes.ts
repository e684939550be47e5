import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { belongings, removeBelongings, type Belongings } from './belongings.js';
import { defaultStateDir } from './folders.js';
import { processIdentity } from './process-identity.js';
import type { Say } from './say.js';

const stopSignal = z.enum(['SIGTERM', 'SIGINT']);
export type StopSignal = z.infer<typeof stopSignal>;

const runningServer = z.object({
  part: z.string(),
  pid: z.number().int().min(2),
  identity: z.string(),
  parentPid: z.number().int(),
  parentIdentity: z.string(),
  signal: stopSignal,
  belongings,
});
type RunningServer = z.infer<typeof runningServer>;

export interface StartedProcess {
  readonly part: string;
  readonly pid: number;
  readonly signal: StopSignal;
  readonly belongings: Belongings;
}

/**
 * Writes down a process this one started, for `reapLeftovers` of a later start. Returns the way to forget it.
 * Synchronous, so that nothing can happen between the start of a process and its record.
 */
export function recordPid(started: StartedProcess, stateDir = defaultStateDir()): () => void {
  const identity = processIdentity(started.pid);
  const parentIdentity = processIdentity(process.pid);
  if (identity === undefined || parentIdentity === undefined) return () => undefined;
  const record: RunningServer = {
    ...started,
    identity,
    parentPid: process.pid,
    parentIdentity,
  };
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const file = join(stateDir, `${started.pid}-${randomUUID()}.json`);
  writeFileSync(`${file}.partial`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${file}.partial`, file);
  return () => {
    rmSync(file, { force: true });
  };
}

/**
 * Ends every recorded process whose parent is gone and removes what belonged to it. A process with a living parent,
 * or one that only got the recorded pid later, is left alone. Returns how many processes it ended.
 */
export async function reapLeftovers(options: { say: Say; stateDir?: string | undefined }): Promise<number> {
  const { say, stateDir = defaultStateDir() } = options;
  let ended = 0;
  for (const { file, record } of readRecords(stateDir)) {
    if (processIdentity(record.parentPid) === record.parentIdentity) continue;
    if (processIdentity(record.pid) === record.identity) {
      say(`Ending ${record.part} (process ${record.pid}), left behind by a run that was killed.`);
      await stopProcess(record.pid, { graceMs: 5_000, signal: record.signal });
      ended += 1;
    }
    removeBelongings(record.belongings);
    rmSync(file, { force: true });
  }
  return ended;
}

function readRecords(stateDir: string): { file: string; record: RunningServer }[] {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const files = readdirSync(stateDir).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const file = join(stateDir, name);
    try {
      return [{ file, record: runningServer.parse(JSON.parse(readFileSync(file, 'utf8'))) }];
    } catch {
      // Another start has reaped it in this moment, or it is not a record of ours.
      return [];
    }
  });
}

/** Asks a process to end, forces it after `graceMs` milliseconds, and returns once it is gone. */
export async function stopProcess(
  pid: number,
  options: { graceMs: number; signal?: StopSignal },
): Promise<void> {
  const identity = processIdentity(pid);
  const isGone = () => identity === undefined || processIdentity(pid) !== identity;
  const deadline = Date.now() + options.graceMs;
  let forced = false;
  if (!isGone()) signalProcess(pid, options.signal ?? 'SIGTERM');
  while (!isGone()) {
    if (!forced && Date.now() >= deadline) {
      signalProcess(pid, 'SIGKILL');
      forced = true;
    }
    await sleep(20);
  }
}

/** Sends a signal to a process that may have ended in the meantime. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
