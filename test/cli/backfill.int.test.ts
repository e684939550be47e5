import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { command } from '../helpers/command.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { resting } from '../helpers/operator.js';
import { heartRates, hoursAgo, TIMESERIES } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 90_000 });

let world: TestWorld;
let patient: TestPatient;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  patient = await agreedPatient({ ...world.app, sandbox: world.sandbox }, 1, 30);
  world.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(70), 36, 60));
});
afterAll(async () => {
  await world.close();
});

const backfill = (...words: readonly string[]) => command(world, 'backfill', ...words);
const parsed = (lines: readonly string[]) => JSON.parse(lines.join('\n')) as unknown;

it('a backfill is followed to its end and told in one line', async () => {
  const { lines, errors, code } = await backfill(String(patient.id), '--days', '3');
  expect(errors).toBe('');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^done: 100 %, 3 of 3 days, [\d.]+ samples\/s, 36 samples seen, 36 new, 0 corrected$/,
  );
  expect(code).toBe(0);
});

it('a day is a day of the operator, data types are named as people name them, and nobody waits', async () => {
  const environment = { ...world.environment, TZ: 'Asia/Tokyo' };
  const days = ['--from', '2026-03-01', '--to', '2026-03-02'];
  const words = ['backfill', String(patient.id), ...days, '--types', 'heart_rate', '--no-wait', '--json'];
  const { lines, code } = await command({ environment }, ...words);
  expect(parsed(lines)).toEqual({
    patientId: patient.id,
    ...{ from: '2026-02-28T15:00:00.000Z', to: '2026-03-02T15:00:00.000Z' },
    dataTypes: ['heart_rate'],
  });
  expect(code).toBe(0);
});

it.each([
  [
    ['--days', '3', '--types', 'pulse'],
    /no data type: pulse\. Known are:\n[^]*heart_rate \(omh:heart-rate:2\.0\)/,
  ],
  [['--from', '2026-01-02', '--to', '2026-01-01T00:00'], /the range ends before it starts/],
] as const)('%j is used wrongly', async (words, why) => {
  const { errors, code } = await backfill(String(patient.id), ...words);
  expect(errors).toMatch(why);
  expect(code).toBe(2);
});

it('a running backfill is paused, watched, resumed and cancelled', async () => {
  const id = String(patient.id);
  // The upstream is away all the while.
  world.sandbox.control.faults.failNext(TIMESERIES, { status: 503, delayMs: 500 }, 1_000);
  await backfill(id, '--days', '20', '--no-wait');
  await until('it reads', async () => (await world.app.orchestration.backfillProgress(patient.id))?.window);
  expect(await backfill('pause', id)).toMatchObject({
    lines: [`Backfill of patient ${id} paused.`],
    code: 0,
  });
  expect((await backfill('status', id)).lines.slice(0, 2)).toEqual([
    'state    paused',
    'read     0 %, 0 of 20 days',
  ]);
  const resumed = await backfill('resume', id, '--json');
  expect(parsed(resumed.lines)).toEqual({ patientId: patient.id, signal: 'resume', heard: true });
  await backfill('cancel', id);
  const status = await backfill('status', id, '--json');
  expect(parsed(status.lines)).toMatchObject({ state: 'cancelled', percent: 0, daysTotal: 20, eta: null });
  world.sandbox.control.faults.clear();

  expect(await backfill('pause', id)).toMatchObject({
    lines: [`No backfill of patient ${id} runs.`],
    code: 3,
  });
});

it('one that cannot be read says why, and needs attention from then on', async () => {
  const id = String(patient.id);
  world.sandbox.control.faults.failNext(TIMESERIES, { status: 404, body: '{"detail":"gone"}' });
  const failed = await backfill(id, '--days', '3');
  expect(failed.lines).toEqual(['failed (NotFound): 0 %, 0 of 3 days, 0 samples seen, 0 new, 0 corrected']);
  expect(failed.code).toBe(1);
  const status = await backfill('status', id);
  expect(status.lines[0]).toBe('state    failed: NotFound');
  expect(status.code).toBe(3);
});

it('a patient who is not there has none', async () => {
  expect(await backfill('9', '--days', '3')).toMatchObject({
    errors: 'error: there is no patient 9\n',
    code: 1,
  });
  expect(await backfill('status', '9')).toMatchObject({
    lines: ['Patient 9 never had a backfill.'],
    code: 0,
  });
});
