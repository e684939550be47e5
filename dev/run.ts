import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { DevOptions } from '../src/cli/dev.js';
import { readWorldFile } from '../src/cli/world-file.js';
import { environmentOver } from '../src/config.js';
import { ensureDemoPatients, freshDemoPatient } from '../src/db/seed/demo-patients.js';
import { SEED_PASSWORD } from '../src/db/seed/world.js';
import { NamedError } from '../src/errors.js';
import { issueInvitationFor } from '../src/invitations.js';
import { createLogger } from '../src/logger.js';
import { clients } from '../src/db/clients.js';
import { findPractitionerByEmail } from '../src/db/users.js';
import { performJourney, StepFailed } from './journey/journey.js';
import { STUDY } from './journey/stage.js';
import { sendWebhooks } from './webhooks.js';
import { announceWorld } from './world-file.js';
import { startWorld, type Ports, type World } from './world.js';

const LOG_FILE = '.world/service.log';
/** What runs this program: the sources of a clone, or an installation. */
const COMMAND = import.meta.url.endsWith('.ts') ? 'npm run cli --' : 'wearable-exchange';
const say = (line = '') => process.stdout.write(`${line}\n`);

/** Boots the world, performs the journey, stays up unless `once`. Answers the exit code. */
export async function runDev({ once, patients, data }: DevOptions): Promise<number> {
  const other = await readWorldFile();
  if (other !== undefined)
    throw new NamedError('WorldRuns', `a world already runs in this folder (process ${other.pid})`);
  const stop = stopSignal();
  await mkdir('.world', { recursive: true });
  const environment = environmentOver({});
  const logger = createLogger({
    level: environment['LOG_LEVEL'] ?? 'info',
    destination: createWriteStream(LOG_FILE),
  });
  say('Starting the embedded world ...');
  const world = await startWorld({
    ports: portsOf(environment),
    dataDir: data,
    say: (line) => {
      say(`  ${line}`);
    },
    logger,
    environment,
  });
  try {
    const unannounce = await announceWorld(world.environment, { web: world.http.url });
    try {
      const failed = await journey(world, patients, once);
      if (once || failed !== undefined) return failed === undefined ? 0 : 1;
      await sendWebhooks(world);
      await tellWhereEverythingIs(world);
      await stop;
      say('Stopping ...');
      return 0;
    } finally {
      await unannounce();
    }
  } finally {
    await world.close();
  }
}

/** Performs the journey for the first demonstration patient; answers the step that did not hold. */
async function journey(world: World, patients: number, once: boolean): Promise<StepFailed | undefined> {
  await ensureDemoPatients(world.app.sql, { ...STUDY, count: patients });
  const { sandbox } = world;
  if (sandbox === undefined) {
    say('With a real Open Wearables the vendor’s sign-in needs a person: the journey is not performed.');
    return undefined;
  }
  const patient = await freshDemoPatient(world.app.sql, STUDY);
  say(`\nThe journey of patient ${patient.id}:`);
  try {
    await performJourney({
      world,
      sandbox,
      patientId: patient.id,
      report: ({ number, title, evidence }) => {
        say(`  ${number}  ${title}\n       ${evidence}`);
      },
    });
    say('\nAll nine steps held.');
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof StepFailed)) throw thrown;
    const cause = thrown.cause instanceof Error ? thrown.cause.message : String(thrown.cause);
    process.stderr.write(`\n${thrown.message}\n  ${cause}\n  The service's log: ${LOG_FILE}\n`);
    if (once) process.stderr.write('Nothing is left running.\n');
    return thrown;
  }
}

async function tellWhereEverythingIs(world: World): Promise<void> {
  const { app, config, temporalUiUrl } = world;
  const guest = await freshDemoPatient(app.sql, STUDY);
  const client = (await clients(app.sql)).find(({ name }) => name === 'OW Local');
  const issuedBy = await findPractitionerByEmail(app.sql, 'manager_mary@example.com');
  if (client && issuedBy !== undefined) {
    const { link } = await issueInvitationFor(app, { patientId: guest.id, client, issuedBy });
    say(`\n  Patient link     ${link}`);
  }
  say(`  Admin sign-in    ${config.SITE_URL}/admin/sign-in   manager_mary@example.com / ${SEED_PASSWORD}`);
  say(`  API              ${config.SITE_URL}/api/v1`);
  say(`  Swagger UI       ${config.SITE_URL}/api/schema/swagger-ui/`);
  say(`  Temporal UI      ${temporalUiUrl ?? '(not started)'}`);
  say(`  Caught mails     ${world.mail?.pageUrl ?? '(sent by SMTP_URL)'}`);
  say(`  Open Wearables   ${config.OW_API_URL ?? ''}`);
  say(`\nA second terminal: ${COMMAND} status | poll | settings list | invite <patient>`);
  say('Ctrl-C stops everything.');
}

/** The default ports are those of the original's table. */
function portsOf(environment: Readonly<Record<string, string | undefined>>): Ports {
  const port = (name: string, fallback: number) => {
    const value = Number(environment[name] ?? fallback);
    if (!Number.isInteger(value) || value < 1 || value > 65_535) {
      throw new NamedError('ConfigInvalid', `${name} must be a port number`);
    }
    return value;
  };
  return {
    web: port('PORT', 8001),
    openWearables: port('OW_PORT', 8000),
    temporal: port('TEMPORAL_PORT', 7233),
    temporalUi: port('TEMPORAL_UI_PORT', 8233),
    mail: port('MAIL_PORT', 8025),
  };
}

/** Settles at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
    }
  });
}
