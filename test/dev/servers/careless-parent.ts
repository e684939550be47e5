import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

interface Folders {
  readonly dataDir: string;
  readonly stateDir: string;
}

type Part = 'postgres' | 'temporal';

function run(part: Part, { dataDir, stateDir }: Folders, ...more: string[]) {
  const program = fileURLToPath(new URL('leave-a-server.ts', import.meta.url));
  const args = ['--import', 'tsx', program, part, dataDir, stateDir, ...more];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Starts a server in a process of its own, kills that process, and gives the server's pid. */
export async function serverOfKilledParent(part: Part, folders: Folders): Promise<number> {
  const parent = run(part, folders);
  const output = text(parent.stdout);
  await once(parent.stdout, 'data');
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  return Number(await output);
}

/** Starts a server in a process of its own, which then exits with this code without stopping it. */
export async function serverOfExitedParent(part: Part, folders: Folders, code: number) {
  const parent = run(part, folders, String(code));
  const output = text(parent.stdout);
  await once(parent, 'exit');
  return { pid: Number(await output), exitCode: parent.exitCode };
}
