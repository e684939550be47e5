import { NativeConnection, Worker } from '@temporalio/worker';
import { parse } from 'node-html-parser';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { FRESH_MS } from '../../src/health/health.js';
import { REFRESH_SECONDS } from '../../src/web/admin/health.js';
import type { ConditionName } from '../../src/health/conditions.js';
import type { Check } from '../../src/health/judge.js';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { createSecretBox } from '../../src/secret-box.js';
import { unguarded } from '../audit/unguarded.js';
import { command } from '../helpers/command.js';
import { agreedPatient, OURA, type TestPatient } from '../helpers/connected-patient.js';
import { openDesk } from '../helpers/dead-letters.js';
import { pollNow } from '../helpers/operator.js';
import { hoursAgo, shownSample } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from '../web/raw-browser.js';

vi.setConfig({ testTimeout: 240_000 });

const MINUTE_MS = 60_000;
/** What is left of the minute when an open page has just refreshed, and shows what was remembered just before. */
const PAGE_MS = MINUTE_MS - FRESH_MS - REFRESH_SECONDS * 1000;
let world: TestWorld;
let patient: TestPatient;
let operator: RawBrowser;
beforeAll(async () => {
  world = await startTestWorld();
  const { app, sandbox } = world;
  patient = await agreedPatient({ ...app, sandbox });
  sandbox.control.connect(patient.owUserId, OURA.provider);
  await pollNow(world);
  operator = await RawBrowser.signIn(world, 'admin@example.com', SEED_PASSWORD);
});
afterAll(async () => {
  await world.close();
});

interface Told {
  readonly isWell: boolean;
  readonly checks: readonly Check[];
  readonly code: number;
}

async function status(): Promise<Told> {
  const { lines, code } = await command(world, 'status', '--json');
  const { isWell, checks } = JSON.parse(lines.join('\n')) as Omit<Told, 'code'>;
  return { isWell, checks, code };
}

/** The conditions that the operator's page tells of when it looks anew. */
async function onThePage(): Promise<(string | undefined)[]> {
  world.app.health.forget();
  const answer = await operator.get('/admin/health');
  expect(answer.status).toBe(200);
  return parse(await answer.text())
    .querySelectorAll('[data-condition]')
    .map((note) => note.getAttribute('data-condition'));
}

/** Waits, a minute at most, until `status` and the page tell of this and nothing else; answers the check. */
async function told(condition: ConditionName): Promise<Check> {
  const byCommand = until(
    `status tells of ${condition}`,
    async () => {
      const { checks, code, isWell } = await status();
      const wrong = checks.filter((check) => check.condition !== null);
      return wrong.length === 1 && wrong[0]?.condition === condition && code === 3 && !isWell && wrong[0];
    },
    MINUTE_MS,
  );
  const byPage = until(
    `the page tells of ${condition}`,
    async () => String(await onThePage()) === condition,
    PAGE_MS,
  );
  const [found] = await Promise.all([byCommand, byPage]);
  expect(found.means).toMatch(/\w+\./);
  expect(found.next).toMatch(/\w+\./);
  return found;
}

async function allIsWell(): Promise<void> {
  await until('all is well', async () => (await status()).isWell, MINUTE_MS);
  await until('the page says so', async () => (await onThePage()).length === 0, PAGE_MS);
}

/** The other end of the database, for which it is never read-only. */
async function cluster(work: (sql: postgres.Sql, name: string) => Promise<unknown>): Promise<void> {
  const name = new URL(world.config.DATABASE_URL).pathname.slice(1);
  const sql = postgres(inject('postgresUrl'), { max: 1, onnotice: () => undefined });
  await work(sql, name).finally(() => sql.end());
}

it('an answer that is remembered, and a page that is open, are not older than a minute together', () => {
  expect(PAGE_MS).toBeGreaterThan(20_000);
});

it('all is well before anything is injected', async () => {
  const { checks, isWell, code } = await status();
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect({ isWell, code }).toEqual({ isWell: true, code: 0 });
});

it('Open Wearables down', async () => {
  world.sandbox.control.faults.failNext({ path: /./ }, { status: 503, reset: true }, 100_000);
  expect((await told('ow-down')).says).toBe('cannot be asked: Unreachable');
  world.sandbox.control.faults.clear();
  await allIsWell();
});

it('key wrong', async () => {
  const key = world.sandbox.control.rotateKey();
  expect((await told('key-wrong')).part).toBe('API key');
  await world.app.settings.write('ow.api_key', key, null);
  await allIsWell();
});

it('one device maker down', async () => {
  const { sandbox, app } = world;
  const sync = async () => (await app.openWearables()).syncHistorical(patient.owUserId, OURA.provider, 1);
  sandbox.control.setVendor(OURA.provider, 'everything-fails');
  await sync();
  expect((await told('provider-down')).says).toMatch(/^Oura brings nothing since 20.*, 1 connected$/);
  sandbox.control.setVendor(OURA.provider, null);
  await sync();
  await allIsWell();
});

it('one device maker switched off', async () => {
  world.sandbox.control.setProviderEnabled(OURA.provider, false);
  expect((await told('provider-off')).says).toBe('not offered by Open Wearables: Oura');
  world.sandbox.control.setProviderEnabled(OURA.provider, true);
  await allIsWell();
});

it("one patient's connection expired", async () => {
  const { control } = world.sandbox;
  control.setConnection(patient.owUserId, OURA.provider, { status: 'expired' });
  await told('connection-expired');
  const listed = async () => {
    const { lines } = await command(world, 'patients', '--attention');
    return lines.find((line) => line.startsWith(String(patient.id)));
  };
  // The look itself has the patient read, so that practitioner and patient see it too.
  expect(await until('the patient is listed', listed, MINUTE_MS)).toMatch(
    /needs reconnecting .*sign in there again$/,
  );
  control.setConnection(patient.owUserId, OURA.provider, { status: 'active' });
  await world.app.orchestration.pollPatientNow(patient.id, 'operator');
  await allIsWell();
});

it('schedule paused', async () => {
  const { orchestration } = world.app;
  await orchestration.pauseSchedule('the vendor is being mended');
  expect((await told('schedule-paused')).says).toBe('paused: poll (the vendor is being mended)');
  await orchestration.resumeSchedule('mended');
  await allIsWell();
});

it('database read-only', async () => {
  await cluster(async (sql, name) => {
    await sql`alter database ${sql(name)} set default_transaction_read_only = on`;
    // Only connections from now on are read-only.
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  });
  expect((await told('database-read-only')).says).toBe('answers, but takes no writes');
  await cluster(async (sql, name) => {
    await sql`alter database ${sql(name)} reset default_transaction_read_only`;
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  });
  await allIsWell();
});

it('dead letters rising', async () => {
  const { app } = world;
  const desk = openDesk({ sql: app.sql, secretBox: createSecretBox(app.config.SECRET_KEY) });
  const refusals = [1, 2, 3, 4, 5, 6].map((hours) => ({
    record: shownSample({ timestamp: hoursAgo(hours).toISOString(), value: 'none' }),
    reason: 'bad-number' as const,
  }));
  const ids = await desk.refuse(patient.id, ...refusals);
  expect((await told('dead-letters-rising')).says).toBe('6 open, 6 new in the last hour: 6 bad-number');
  await desk.discard(ids, 'the test is over', null);
  await allIsWell();
});

it('audit trail changed by hand', async () => {
  const { app } = world;
  const setAction = async (action: string) =>
    unguarded(app.sql, (sql) => sql`update audit_events set action = ${action} where id = 1`);
  const [first] = await app.sql<{ action: string }[]>`select action from audit_events where id = 1`;
  await setAction('nothing');
  await app.oversight.trigger('audit');
  const { says, next } = await told('audit-broken');
  expect(says).toBe('broken at event 1: it is not as it was appended');
  expect(next).toContain('`audit verify`');
  await setAction(first?.action ?? '');
  await app.oversight.trigger('audit');
  await allIsWell();
});

it('only a worker left over from before calls of Open Wearables had a queue of their own', async () => {
  const { config, environment } = world;
  const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
  const old = await Worker.create({
    connection,
    taskQueue: 'left-over',
    workflowBundle: { code: inject('workflowBundle') },
  });
  const itsWorld = { environment: { ...environment, TEMPORAL_TASK_QUEUE: 'left-over' } };
  await old.runUntil(async () => {
    for (const name of ['status', 'doctor'])
      await until(`${name} tells of it`, async () => {
        const { lines, code } = await command(itsWorld, name);
        const says = /^LOOK {2}workers +1, and none takes calls of Open Wearables$/;
        return code === 3 && lines.at(-1) === '1 needs a look.' && lines.some((line) => says.test(line));
      });
  });
  await connection.close();
});

it('worker not running', async () => {
  await world.worker.stop();
  expect((await told('worker-missing')).part).toBe('workers');
  const worker = await world.app.startWorker({ code: inject('workflowBundle'), sourceMap: '' });
  await allIsWell();
  await worker.stop();
});
