import { spawn } from 'node:child_process';

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly giveUpUnless?: { readonly afterMs: number; readonly holds: () => Promise<boolean> };
}

/** Runs a program to its end without showing its output; true for exit code 0. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      stdio: 'ignore',
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
      env: { ...process.env, ...options.env },
    });
    const giveUp = options.giveUpUnless && watch(() => child.kill('SIGKILL'), options.giveUpUnless);
    child.once('error', () => {
      resolve(false);
    });
    child.once('close', (code) => {
      clearTimeout(giveUp);
      resolve(code === 0);
    });
  });
}

function watch(
  kill: () => void,
  { afterMs, holds }: NonNullable<RunOptions['giveUpUnless']>,
): NodeJS.Timeout {
  const decide = async () => {
    if (!(await holds())) kill();
  };
  return setTimeout(() => void decide(), afterMs);
}
