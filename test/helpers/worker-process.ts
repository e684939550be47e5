import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { recordPid, signalProcess } from '../../dev/servers/processes.js';
import type { World } from '../../dev/world.js';
import { parseJson } from '../../src/open-wearables/http.js';
import { isFields } from '../../src/omh/fields.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A line of a worker's log. */
export type LogLine = Readonly<Record<string, unknown>>;

export type Hear = (line: LogLine, text: string) => void;

/** A process of the program that can be ended in the middle of whatever it does. */
export interface WorkerProcess {
  readonly pid: number;
  /** SIGKILL; settles when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; the exit code, once the process is gone. */
  stop(): Promise<number | null>;
  /** Settles when the process is gone, whoever ended it. */
  readonly gone: Promise<void>;
}

/** The program as a build has it, JavaScript with the workflow bundle beside it, so that a worker is there at once. */
export interface Program {
  /**
   * Settles when the worker polls Temporal, or HTTP listens. Its log goes to `hear`, line by line; what is no JSON has no
   * fields. `within` is a command that becomes the process, as that of a network namespace.
   */
  start(
    part: 'worker' | 'api',
    world: Pick<World, 'environment'>,
    hear: Hear,
    within?: readonly string[],
  ): Promise<WorkerProcess>;
  remove(): Promise<void>;
}

export async function layOutProgram(workflowBundle: string): Promise<Program> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-program-'));
  await transpile(path.join(ROOT, 'src'), path.join(home, 'src'));
  await cp(path.join(ROOT, 'package.json'), path.join(home, 'package.json'));
  for (const folder of ['node_modules', 'migrations'])
    await symlink(path.join(ROOT, folder), path.join(home, folder));
  await writeFile(path.join(home, 'workflow-bundle.js'), workflowBundle);
  return programIn(home, 'src/main.js');
}

/** A program that lies in a folder, which is its own. */
export function programIn(home: string, main: string): Program {
  return {
    start: (part, { environment }, hear, within = []) =>
      start(home, [...within, process.execPath, main, part], environment, hear),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

/** Unlike a build it checks no types, which takes longer than all the rest. */
async function transpile(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
  const compilerOptions = {
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
    ...{ jsx: ts.JsxEmit.ReactJSX, jsxImportSource: 'hono/jsx' },
  };
  for (const name of await readdir(to, { recursive: true })) {
    if (!/\.tsx?$/.test(name)) continue;
    const source = await readFile(path.join(to, name), 'utf8');
    const { outputText } = ts.transpileModule(source, { compilerOptions, fileName: name });
    await writeFile(path.join(to, name.replace(/\.tsx?$/, '.js')), outputText);
    await rm(path.join(to, name));
  }
}

async function start(
  home: string,
  [command = '', ...words]: readonly string[],
  environment: World['environment'],
  hear: Hear,
): Promise<WorkerProcess> {
  const part = words.at(-1) ?? '';
  const child = spawn(command, words, {
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'debug', ...environment },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the worker cannot be started');
  const belongings = { own: [], shared: [] };
  const forget = recordPid({ part: `the ${part} of a test`, pid, signal: 'SIGTERM', belongings });
  const endWithUs = () => {
    signalProcess(pid, 'SIGKILL');
  };
  process.once('exit', endWithUs);
  const gone = once(child, 'close').then(() => {
    process.off('exit', endWithUs);
    forget();
  });

  const lastWords: string[] = [];
  const serves = new Promise<void>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (text) => {
      lastWords.splice(0, Math.max(0, lastWords.push(text) - 5));
      // A process that is killed may leave half a line.
      const parsed = parseJson(text);
      const line = isFields(parsed) ? parsed : {};
      hear(line, text);
      if (line['event'] === 'serving') resolve();
    });
  });
  const isGone = gone.then(() => true);
  if (await Promise.race([serves.then(() => false), isGone]))
    throw new Error(`the ${part} ended while it started:\n${lastWords.join('\n')}`);
  return {
    pid,
    async kill() {
      if (child.exitCode !== null) throw new Error(`the ${part} ended by itself:\n${lastWords.join('\n')}`);
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
      return child.exitCode;
    },
    gone,
  };
}
