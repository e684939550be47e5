import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { freePort } from '../dev/servers/ports.js';
import { parseJson } from '../src/open-wearables/http.js';
import { cpuSecondsOf } from './processes.js';
import { medianOf } from './rounds.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** What the program says when it has come so far. */
const SAYS = {
  servers: /^ {2}S3 listens/,
  world: /^The journey of patient/,
  conversion: /^ {2}1 {2}/,
  invitation: /^ {2}3 {2}/,
};
const logged = z.object({
  time: z.coerce.date(),
  event: z.string().optional(),
  route: z.string().optional(),
  created: z.number().optional(),
});

export interface ColdSize {
  readonly rounds: number;
}

/** Milliseconds from the begin of a start until something was reached. */
interface Start {
  readonly servers: number;
  readonly world: number;
  readonly conversion: number;
  readonly invitation: number;
  readonly page: number;
  readonly observation: number;
  readonly end: number;
  /** Of all processes, until the world was up. */
  readonly cpuSeconds: number;
}

type LogLine = z.infer<typeof logged>;

interface Said {
  readonly line: string;
  readonly at: number;
}

/**
 * From the start of what `npm start -- --once` runs until the first observation is stored, by phases. Nothing is kept from
 * an earlier start but what is installed: packages, and servers that were downloaded.
 */
export async function benchCold({ rounds }: ColdSize) {
  const starts: Start[] = [];
  for (let round = 0; round < rounds; round += 1) starts.push(await startOnce());
  const rate = (read: (start: Start) => number) => {
    const milliseconds = starts.map(read);
    return { median: medianOf(milliseconds), milliseconds };
  };
  const cpuOfUnit = { 'all processes': medianOf(starts.map(({ cpuSeconds }) => cpuSeconds)) };
  return {
    unit: 'ms of a first start in a clone that has its packages; installing them is not part of it',
    rates: {
      'until the servers listen': rate(({ servers }) => servers),
      'then until the world is up': rate(({ servers, world }) => world - servers),
      'then the check of the conversion': rate(({ world, conversion }) => conversion - world),
      'then until a patient is invited': rate(({ conversion, invitation }) => invitation - conversion),
      'then until the patient has a page': rate(({ invitation, page }) => page - invitation),
      'then until an observation is stored': rate(({ page, observation }) => observation - page),
      'until the world is up': { ...rate(({ world }) => world), cpuOfUnit },
      'until the first observation': rate(({ observation }) => observation),
      'until all nine steps held': rate(({ end }) => end),
    },
    ratios: {
      'servers to the first observation': medianOf(
        starts.map(({ servers, observation }) => servers / observation),
      ),
    },
  };
}

async function startOnce(): Promise<Start> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-bench-'));
  try {
    return await watch(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The sources are those of this tree; what the world writes goes to `home`, so that a world of this folder may run. */
async function watch(home: string): Promise<Start> {
  const began = Date.now();
  const program = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), path.join(ROOT, 'src/main.ts'), 'dev', '--once'],
    {
      cwd: home,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_LEVEL: 'debug' },
        // What earlier starts compiled is not there for a newcomer.
        ...{ TSX_DISABLE_CACHE: '1', TSX_TSCONFIG_PATH: path.join(ROOT, 'tsconfig.json') },
        ...(await freePorts()),
      },
    },
  );
  const gone = once(program, 'close');
  const said: Said[] = [];
  let cpuSeconds = 0;
  createInterface({ input: program.stdout }).on('line', (line) => {
    said.push({ line, at: Date.now() - began });
    if (SAYS.world.test(line)) cpuSeconds = cpuSecondsOf(program.pid ?? 0);
  });
  await gone;
  const end = Date.now() - began;
  if (program.exitCode !== 0) throw new Error(`the start ended with ${program.exitCode}`);
  const saidAt = (what: keyof typeof SAYS) => said.find(({ line }) => SAYS[what].test(line))?.at ?? NaN;
  const log = await readLog(path.join(home, '.world/service.log'));
  const loggedAt = (what: (line: LogLine) => boolean) => (log.find(what)?.time.getTime() ?? NaN) - began;
  const start = {
    ...{ servers: saidAt('servers'), world: saidAt('world') },
    ...{ conversion: saidAt('conversion'), invitation: saidAt('invitation') },
    page: loggedAt(({ event, route = '' }) => event === 'request' && route.startsWith('/ow')),
    observation: loggedAt(({ event, created = 0 }) => event === 'page stored' && created > 0),
    ...{ end, cpuSeconds },
  };
  const unseen = Object.entries(start).filter(([, value]) => Number.isNaN(value));
  if (unseen.length > 0) throw new Error(`nothing told of ${unseen.map(([name]) => name).join(', ')}`);
  return start;
}

async function readLog(file: string): Promise<LogLine[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((line) => logged.safeParse(parseJson(line)).data ?? []);
}

async function freePorts(): Promise<Record<string, string>> {
  const names = ['PORT', 'OW_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'MAIL_PORT'];
  const free: Record<string, string> = {};
  for (const name of names) free[name] = String(await freePort());
  return free;
}
