import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { instructionsOf, type Instruction } from '../helpers/dockerfile.js';
import { temporaryHome } from './clusters.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const shell = promisify(execFile);

/** Where our container has no rights: a user to whom nothing belongs. */
export const WITHOUT_RIGHTS =
  process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] : [];

/** What the Dockerfile makes, as a folder of this machine. */
export interface Image {
  readonly folder: string;
  /** The file that its entry point runs. */
  readonly main: string;
  remove(): Promise<void>;
}

/**
 * Follows the Dockerfile, stage by stage, from what a build of the image is shown. Not followed: what is installed for the
 * system, and the packages of the build stage, which are those of this clone.
 */
export async function layOutImage(): Promise<Image> {
  const home = await temporaryHome();
  await chmod(home, 0o755);
  const context = path.join(home, 'context');
  const rules = (await readFile(path.join(ROOT, '.dockerignore'), 'utf8')).trim().split('\n');
  for (const rule of rules.slice(1))
    await cp(path.join(ROOT, rule.slice(1)), path.join(context, rule.slice(1)), { recursive: true });
  const { stages, main } = readDockerfile(await readFile(path.join(ROOT, 'Dockerfile'), 'utf8'));
  for (const [name, instructions] of stages) {
    await mkdir(path.join(home, name));
    for (const instruction of instructions) await follow(instruction, { home, context, name });
  }
  const folder = path.join(home, 'image');
  await shell('chmod', ['-R', 'a-w,a+rX', folder]);
  return {
    folder,
    main,
    async remove() {
      await shell('chmod', ['-R', 'u+w', folder]);
      await rm(home, { recursive: true, force: true });
    },
  };
}

function readDockerfile(text: string) {
  const stages = new Map<string, Instruction[]>();
  let current: Instruction[] = [];
  let main = '';
  for (const instruction of instructionsOf(text)) {
    const { word, rest } = instruction;
    if (word === 'FROM') stages.set(/ AS (\w+)$/.exec(rest)?.[1] ?? 'image', (current = []));
    else current.push(instruction);
    if (word === 'ENTRYPOINT') main = /"node", "([^"]+)"/.exec(rest)?.[1] ?? '';
  }
  return { stages, main };
}

interface Stage {
  readonly home: string;
  readonly context: string;
  readonly name: string;
}

async function follow({ word, rest }: Instruction, { home, context, name }: Stage): Promise<void> {
  const folder = path.join(home, name);
  if (word === 'COPY') {
    const [, stage, what = ''] = /^(?:--from=(\w+) )?(.*)$/.exec(rest) ?? [];
    const names = what.split(' ').map((each) => each.replace(/^\/app\//, ''));
    const to = path.join(folder, names.at(-1) ?? '');
    const from = stage === undefined ? context : path.join(home, stage);
    // Linked, since a stage is read only once it is complete.
    for (const each of names.slice(0, -1))
      await shell('cp', ['-rlT', path.join(from, each), target(to, each, names)]);
  }
  if (word !== 'RUN' || !rest.startsWith('npm ')) return;
  if (rest.startsWith('npm ci') && !rest.includes('--omit=dev'))
    await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  else await shell('/bin/sh', ['-c', rest], { cwd: folder, maxBuffer: 2 ** 26 });
}

/** Files go into a folder that ends with `/`; one source becomes what it is copied to. */
function target(to: string, each: string, names: readonly string[]): string {
  const intoFolder = names.at(-1)?.endsWith('/') ?? false;
  return intoFolder ? path.join(to, path.basename(each)) : to;
}
