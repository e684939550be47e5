import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashToken, newToken } from '../src/auth/tokens.js';
import { createAccessToken } from '../src/db/access-tokens.js';
import { renderObservation } from '../src/fhir/observation.js';
import { renderObservationR4 } from '../src/fhir/r4/observation.js';
import { createLogger } from '../src/logger.js';
import { rows } from '../test/fhir/rows.js';
import { requireFlatMemory } from './flat-memory.js';
import { storeHeartRates } from './heart-rates.js';
import { freePort } from './servers/ports.js';
import { startWorld } from './world.js';

const CLIENT = 'jupyterhealth-client==0.5.0';
/** FHIR's own definitions as Python classes. */
const FHIR = 'fhir.resources==8.3.0';
const scriptOf = (name: string) => fileURLToPath(new URL(`../clients/python/${name}`, import.meta.url));
const EXPECTED = {
  ...{ patient: 40001, study: 30001, organization: 20003, observations: 2500 },
  ...{ email: 'manager_mary@example.com', patientEmail: 'll_patient_peter@example.com' },
};
const MARY = 10002;

/**
 * Runs the unmodified client of the original, from PyPI, against an embedded world, and has all FHIR judged by the classes
 * of another package; exit code 0 when all of it works.
 */
async function verify(): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-python-'));
  const [web, openWearables, temporal] = [await freePort(), await freePort(), await freePort()];
  const world = await startWorld({
    ports: { web, openWearables, temporal, temporalUi: null, mail: null },
    say: () => undefined,
    logger: createLogger({ level: 'error' }),
    environment: {},
  });
  try {
    const python = path.join(folder, 'bin', 'python');
    await run('python3', ['-m', 'venv', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', CLIENT, FHIR]);
    await storeHeartRates(world.app.sql, { ...EXPECTED, from: 1, to: EXPECTED.observations });
    const token = newToken();
    const reads = { name: 'verify', validDays: 1, access: 'read' } as const;
    await createAccessToken(world.app.sql, { ...reads, userId: MARY, tokenHash: hashToken(token) });
    const call = (script: string, input: string, url = world.config.SITE_URL) =>
      run(
        python,
        ['-W', 'ignore::DeprecationWarning', scriptOf(script)],
        { JHE_URL: url, JHE_TOKEN: token },
        input,
      );
    await call('smoke.py', JSON.stringify(EXPECTED));
    await call('validate.py', everyDataType());
    await requireFlatMemory(world, { ...EXPECTED, from: EXPECTED.observations + 1 }, (url, observations) =>
      call('pull.py', JSON.stringify({ ...EXPECTED, observations }), url),
    );
  } finally {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every data type in both renderings, one line each. */
function everyDataType(): string {
  const both = rows.flatMap((row) => [
    ['R5', renderObservation(row)],
    ['R4', renderObservationR4(row)],
  ]);
  return both.map((each) => JSON.stringify(each)).join('\n');
}

async function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = '',
): Promise<void> {
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new Error(`${path.basename(program)} ${args[0] ?? ''} ended with ${code ?? 'a signal'}`);
}

await verify();
