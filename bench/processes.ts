import { readdirSync, readFileSync } from 'node:fs';

/** `USER_HZ` of every Linux that Node runs on. */
const TICKS_A_SECOND = 100;

/** Processes by what they are called in the figures; each stands for those that it began as well. */
export type Pids = Readonly<Record<string, number>>;

/** CPU seconds of a process and all it began, those that have ended included. Linux only. */
export function cpuSecondsOf(pid: number): number {
  // This process began all others, which are counted by themselves.
  if (pid === process.pid) {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
  return familyOf(pid).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_A_SECOND;
}

/** What some work answers, and the CPU seconds that each process spent meanwhile. */
export async function spentOn<Result>(
  pids: Pids,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly cpu: Readonly<Record<string, number>> }> {
  const before = Object.entries(pids).map(([name, pid]) => [name, pid, cpuSecondsOf(pid)] as const);
  const result = await work();
  return {
    result,
    cpu: Object.fromEntries(before.map(([name, pid, was]) => [name, cpuSecondsOf(pid) - was])),
  };
}

/** The most memory that each process, or the largest of those it began, has held since its start, in megabytes. Linux only. */
export function peaksOf(pids: Pids): Record<string, number> {
  const peakOf = (pid: number) => {
    const family = pid === process.pid ? [{ pid }] : familyOf(pid);
    return Math.max(...family.map((member) => memoryOf(member.pid, 'VmHWM')));
  };
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [`${name} at most`, peakOf(pid)]));
}

/** Megabytes: `VmRSS` held now, `VmHWM` at most since its start; 0 when the process has ended. Linux only. */
export function memoryOf(pid: number, which: 'VmRSS' | 'VmHWM'): number {
  const status = textOf(`/proc/${pid}/status`);
  return Number(new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
}

/** By how many megabytes a process grew at most while some work was done, looked at ten times a second. */
export async function growthWhile(pid: number, work: () => Promise<unknown>): Promise<number> {
  const before = memoryOf(pid, 'VmRSS');
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, memoryOf(pid, 'VmRSS'));
  }, 100);
  try {
    await work();
  } finally {
    clearInterval(look);
  }
  return Math.max(most, memoryOf(pid, 'VmRSS')) - before;
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** User and system time, its own and that of children that have ended. */
  readonly ticks: number;
}

/** A process and all it began that still run. */
function familyOf(pid: number): Stat[] {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const family = stats.filter((stat) => stat.pid === pid);
  for (const member of family) family.push(...stats.filter(({ parent }) => parent === member.pid));
  return family;
}

/** Undefined when the process has ended. */
function statOf(pid: number): Stat | undefined {
  const text = textOf(`/proc/${pid}/stat`);
  if (text === '') return undefined;
  // The name stands in parentheses and may hold blanks.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0] = fields;
  const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
  return { pid, parent, ticks };
}

/** Empty when the process has ended. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
