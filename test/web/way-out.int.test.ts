import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { connectOura } from '../../dev/journey/patient-pages.js';
import { until } from '../../dev/journey/until.js';
import { findPatient } from '../../src/db/patients.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { agreedPatient, openPage } from './stages.js';
import type { Stage } from '../../dev/journey/stage.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});
afterEach(() => {
  world.sandbox.control.faults.clear();
});

const connectedPatient = async () => {
  const stage = await agreedPatient(world);
  await connectOura(stage);
  return stage;
};
const submit = async (stage: Stage, path: string, answers: Record<string, string> = {}) =>
  stage.visitor.submit(await openPage(stage, path), 'form.card-body', answers);
const manage = (stage: Stage) => openPage(stage, '/ow/manage');

it('leaving a study stops every answer as an event, and disconnects what nothing needs', async () => {
  const stage = await connectedPatient();
  const asked = await openPage(stage, '/ow/manage/leave/30001');
  expect(asked.text).toContain('You can leave without giving a reason. Your care is not affected.');
  expect(asked.text).toContain('Disconnected: Oura. No other study needs it.');
  const empty = await stage.visitor.submit(asked, 'form.card-body');
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Choose what should happen')]);

  const left = await submit(stage, '/ow/manage/leave/30001', { data: 'keep' });
  expect(left.text).toContain('You have left the study.');
  await until('Oura is disconnected', () => stage.isDisconnected());
  await until('the page tells', async () => (await manage(stage)).text.includes('Disconnected on'));
  const events = await world.app.sql<{ decision: string; channel: string }[]>`
    select distinct decision, channel from consent_events where patient_id = ${stage.patientId} order by decision`;
  expect(events).toEqual([
    { decision: 'agreed', channel: 'launch page' },
    { decision: 'declined', channel: 'leave page' },
    { decision: 'stopped', channel: 'leave page' },
  ]);
}, 60_000);

it('the copy at Open Wearables is deleted when that is chosen, and told as under way until it is', async () => {
  const stage = await connectedPatient();
  const owUserId = await stage.owUserId();
  await until('there is data', async () => (await stage.observations()) > 0);
  world.sandbox.control.faults.failNext({ path: /connections.oura.data/ }, { status: 503 });
  await submit(stage, '/ow/manage/leave/30001', { data: 'purge' });
  expect((await manage(stage)).text).toMatch(/Being deleted|copy deleted/);
  await until('the page tells', async () =>
    (await manage(stage)).text.includes('Disconnected, copy deleted'),
  );
  const ow = await world.app.openWearables();
  const page = await ow.samples({
    ...{ owUserId, series: ['heart_rate'], cursor: null },
    ...{ from: '2020-01-01T00:00:00Z', to: new Date().toISOString() },
  });
  expect(page.data).toEqual([]);
  expect(await stage.observations()).toBeGreaterThan(0);
}, 60_000);

it('a version of Open Wearables that cannot delete is said to have not deleted', async () => {
  const stage = await connectedPatient();
  await stage.visitor.submit(await manage(stage), 'form[action="/ow/manage/disconnect"]');
  await until('it is disconnected', async () => (await manage(stage)).text.includes('Disconnected on'));
  world.sandbox.control.faults.failNext(
    { path: /connections.oura.data/ },
    { status: 405, body: '{"detail":"Method Not Allowed"}' },
  );
  const asked = await openPage(stage, '/ow/manage/delete/oura');
  expect(asked.text).toContain('Delete what Open Wearables keeps of Oura?');
  await stage.visitor.submit(asked, 'form.card-body');
  await until('the page tells', async () => (await manage(stage)).text.includes('copy not deleted'));
}, 60_000);

it("a study that is not the patient's, and a device that never was, lead back", async () => {
  const stage = await agreedPatient(world);
  for (const path of ['/ow/manage/leave/30002', '/ow/manage/leave/999999999', '/ow/manage/delete/garmin'])
    expect(new URL((await openPage(stage, path)).url).pathname).toBe('/ow/manage');
});

it('a patient takes the own data along, all of it, and nobody else can', async () => {
  const stage = await connectedPatient();
  await until('there is data', async () => (await stage.observations()) > 0);
  const link = `${world.config.SITE_URL}/ow/manage/my-data`;
  expect((await fetch(`${link}.csv`)).status).toBe(401);
  const signal = new AbortController().signal;
  const get = async (format: string) =>
    (await stage.visitor.stream(`${link}.${format}`, { headers: {}, signal })).text();
  const [csv, jsonl] = [await get('csv'), await get('jsonl')];
  const lines = jsonl
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; dataPoint?: { header: { uuid: string } } });
  const readings = lines.filter(({ kind }) => kind === 'reading');
  expect(lines.filter(({ kind }) => kind === 'answer').length).toBeGreaterThan(0);
  expect(csv.split('\r\n')[0]).toBe('start,end,kind,code,value,unit,details,data source,status');
  expect(new Set(readings.map(({ dataPoint }) => dataPoint?.header.uuid)).size).toBe(readings.length);
  expect(readings.length).toBeGreaterThan(0);
  const patient = await findPatient(world.app.sql, stage.patientId);
  expect(jsonl + csv).not.toContain(patient?.email);
}, 60_000);
