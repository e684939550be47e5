import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A second network on this machine, joined to the first one by a cable; nothing else of the first is reached from it. */
export interface Network {
  /** Of this side: what listens there is reached from inside. */
  readonly address: string;
  /** A command that becomes the one that follows it, inside. */
  readonly within: readonly string[];
  close(): void;
}

const PREFIX = 'wx-test-';

/** Makes a network namespace; a reason in words where the machine does not allow one. It goes with this process. */
export async function openNetwork(): Promise<Network | { readonly refused: string }> {
  const name = `${PREFIX}${process.pid}`;
  const [ours, theirs] = [`wxa${process.pid}`, `wxb${process.pid}`];
  // One of 16,384 networks of four addresses in 10.203.0.0/16, so that runs beside each other do not meet.
  const third = Math.floor(process.pid / 64) % 256;
  const first = (process.pid % 64) * 4;
  const [address, inside] = [1, 2].map((last) => `10.203.${third}.${first + last}`);
  const close = () => {
    removeNamespace(name);
    process.off('exit', close);
  };
  try {
    await removeLeftovers();
    await ip('netns', 'add', name);
    process.once('exit', close);
    await ip('link', 'add', ours, 'type', 'veth', 'peer', 'name', theirs, 'netns', name);
    await ip('addr', 'add', `${address ?? ''}/30`, 'dev', ours);
    await ip('link', 'set', ours, 'up');
    await ip('-n', name, 'addr', 'add', `${inside ?? ''}/30`, 'dev', theirs);
    await ip('-n', name, 'link', 'set', theirs, 'up');
    await ip('-n', name, 'link', 'set', 'lo', 'up');
    return { address: address ?? '', within: ['ip', 'netns', 'exec', name], close };
  } catch (thrown) {
    close();
    return { refused: String(thrown).trim().replaceAll('\n', ': ') };
  }
}

async function ip(...words: readonly string[]): Promise<string> {
  const { stdout } = await run('ip', words);
  return stdout;
}

/** Its end of the cable goes with it, and so does ours. */
function removeNamespace(name: string): void {
  try {
    execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
  } catch {
    // Never made, or gone.
  }
}

/** Those of test runs that were killed. */
async function removeLeftovers(): Promise<void> {
  const names = (await ip('netns', 'list')).split('\n').map((line) => line.split(' ')[0] ?? '');
  for (const name of names)
    if (name.startsWith(PREFIX) && !isAlive(Number(name.slice(PREFIX.length)))) removeNamespace(name);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
