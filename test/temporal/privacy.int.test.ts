import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { performJourney } from '../../dev/journey/journey.js';
import { Stage, STUDY } from '../../dev/journey/stage.js';
import { until } from '../../dev/journey/until.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { noteSecrets } from './seen-by-the-browser.js';
import { findIn, textsOf } from './texts.js';

const PERSON = { given: 'Rosalindezza', family: 'Plantedsson', email: 'rosalind@planted.example' };
const BEATS = 137.777;
const TROUBLE = `{"detail": "${PERSON.email} measured ${BEATS}"}`;

let world: TestWorld;
let temporal: { client: Client; close: () => Promise<void> };
let planted: Record<string, string>;

beforeAll(async () => {
  world = await startTestWorld();
  temporal = await connectTemporal(world.config);
  planted = await journeyWithPlantedValues();
}, 180_000);
afterAll(async () => {
  await temporal.close();
  await world.close();
});

/** The journey, a measurement, a correction, a sample that cannot be converted, and failures that quote data. */
async function journeyWithPlantedValues(): Promise<Record<string, string>> {
  const { sql, orchestration } = world.app;
  const [patient] = await ensureDemoPatients(sql, { ...STUDY, count: 1 });
  if (patient === undefined) throw new Error('the demonstration patient is missing');
  await sql`update users set name_given = ${PERSON.given}, name_family = ${PERSON.family}, email = ${PERSON.email}
            where email = ${patient.email}`;
  const { secrets, stop } = noteSecrets();
  const report = () => undefined;
  await performJourney({ world, sandbox: world.sandbox, patientId: patient.id, report }).finally(stop);

  await orchestration.pauseSchedule('every poll is asked for');
  const stage = await Stage.set(world, world.sandbox, patient.id);
  const { control } = world.sandbox;
  const owUserId = await stage.owUserId();
  const at = await stage.measureNow(BEATS);
  control.addSamples(owUserId, [
    { timestamp: new Date(at.getTime() - 1), type: 'heart_rate', value: -BEATS },
  ]);
  control.faults.failNext({ path: /timeseries/ }, { status: 503, body: TROUBLE });
  await stage.poll();
  control.addSamples(owUserId, [{ timestamp: at, type: 'heart_rate', value: BEATS + 1 }]);
  await stage.poll();
  control.faults.failNext({ path: /timeseries/ }, { status: 404, body: TROUBLE });
  await stage.poll();
  const stored = await sql<{ value: number; was: number }[]>`
    select o.value::float as value, r.value::float as was
    from observations o join observation_revisions r on r.observation_id = o.id where o.patient_id = ${patient.id}`;
  expect(stored).toEqual([{ value: BEATS + 1, was: BEATS }]);

  const { OW_API_KEY: apiKey, SECRET_KEY: secretKey } = world.environment;
  return {
    ...Object.fromEntries(secrets),
    ...PERSON,
    practitioner: 'manager_mary',
    'heart rate': String(BEATS),
    'corrected heart rate': String(BEATS + 1),
    'API key': apiKey ?? '',
    'secret key': secretKey ?? '',
  };
}

it('the journey meets every kind of secret that is looked for', () => {
  const kinds = new Set(Object.keys(planted).map((name) => name.replace(/ \d+$/, '')));
  for (const kind of [
    'cookie',
    'bearer token',
    'return nonce',
    'invitation token',
    'form guard',
    'API key',
    'secret key',
  ])
    expect(kinds).toContain(kind);
  expect(Object.values(planted).every((value) => value.length > 5)).toBe(true);
});

it('no history, id, memo, search attribute, summary or detail of a workflow holds a planted value', async () => {
  const types = new Set<string>();
  const found: string[] = [];
  await until('every workflow but the schedule has ended', async () => {
    const { count } = await temporal.client.workflow.count("ExecutionStatus = 'Running'");
    return count === 0;
  });
  for await (const execution of temporal.client.workflow.list()) {
    const handle = temporal.client.workflow.getHandle(execution.workflowId, execution.runId);
    const everything = {
      execution,
      history: await handle.fetchHistory(),
      details: await handle.query('__temporal_workflow_metadata'),
    };
    types.add(execution.type);
    found.push(...findIn(textsOf(everything), planted));
  }
  expect(found).toEqual([]);
  expect([...types].sort()).toEqual([
    'backfill',
    'connect',
    'disconnect',
    'onboarding',
    'poll',
    'pollPatient',
    'pollShard',
  ]);
});

it('the schedule holds none either', async () => {
  const { raw } = await temporal.client.schedule.getHandle('ow-poll').describe();
  expect(findIn(textsOf(raw), planted)).toEqual([]);
});

it('no line of the log holds a planted value, though failures that quoted them were logged', () => {
  expect(world.logLines.filter((line) => line.includes('upstream failed')).length).toBeGreaterThanOrEqual(2);
  expect(findIn(world.logLines, planted)).toEqual([]);
});
