import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashToken, newToken } from '../src/auth/tokens.js';
import { createAccessToken } from '../src/db/access-tokens.js';
import type { Sql } from '../src/db/sql.js';
import { attachDataSource } from '../src/db/studies.js';
import { renderObservation } from '../src/fhir/observation.js';
import { renderObservationR4 } from '../src/fhir/r4/observation.js';
import { createLogger } from '../src/logger.js';
import { rows } from '../test/fhir/rows.js';
import { freePort } from './servers/ports.js';
import { startWorld } from './world.js';

const CLIENT = 'jupyterhealth-client==0.5.0';
/** FHIR's own definitions as Python classes. */
const FHIR = 'fhir.resources==8.3.0';
const script = (name: string) => fileURLToPath(new URL(`../clients/python/${name}`, import.meta.url));
const EXPECTED = {
  ...{ patient: 40001, study: 30001, organization: 20003, observations: 2500 },
  ...{ email: 'manager_mary@example.com', patientEmail: 'll_patient_peter@example.com' },
};
const MARY = 10002;
const OURA = 70004;

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
    await measure(world.app.sql);
    const token = newToken();
    const reads = { name: 'verify', validDays: 1, access: 'read' } as const;
    await createAccessToken(world.app.sql, { ...reads, userId: MARY, tokenHash: hashToken(token) });
    const environment = { JHE_URL: world.config.SITE_URL, JHE_TOKEN: token };
    const smoke = ['-W', 'ignore::DeprecationWarning', script('smoke.py')];
    await run(python, smoke, environment, JSON.stringify(EXPECTED));
    await run(python, [script('validate.py')], environment, everyDataType());
  } finally {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Heart rates of the last days, one a minute, as a poll would have stored them: several pages of them. */
async function measure(sql: Sql): Promise<void> {
  await attachDataSource(sql, EXPECTED.study, OURA);
  await sql`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                              identifier_system, identifier, provider, series)
    select ${EXPECTED.patient}, c.id, ${OURA}, now() - make_interval(mins => n), 60 + n % 40, 'heart_rate',
           'ow:normalized', gen_random_uuid(), 'oura', 'heart_rate'
    from generate_series(1, ${EXPECTED.observations}) n
    join codeable_concepts c on c.code = 'omh:heart-rate:2.0'`;
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
