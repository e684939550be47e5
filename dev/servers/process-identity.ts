import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A text that belongs to one process only: a later process with the same pid has another one.
 * Undefined when no such process runs; one that ended and only waits for its parent counts as ended.
 */
export function processIdentity(pid: number): string | undefined {
  return process.platform === 'linux' ? identityFromProc(pid) : identityFromPs(pid);
}

/** Linux: the boot and the start time in clock ticks, field 22 of /proc/<pid>/stat (see proc_pid_stat(5)). */
function identityFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    const startTicks = fields[19];
    if (startTicks === undefined || state === 'Z' || state === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${startTicks}`;
  } catch {
    return undefined;
  }
}

/** Elsewhere: the start time as ps tells it, to the second. */
function identityFromPs(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  });
  const [state, ...started] = stdout.trim().split(/\s+/);
  if (status !== 0 || state === undefined || state.startsWith('Z')) return undefined;
  return started.join(' ');
}
