import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSandbox, type Sandbox } from '../../dev/open-wearables/sandbox.js';
import type { SyncPattern } from '../../dev/open-wearables/world.js';
import type { RecordsEndpoint } from '../../src/open-wearables/client.js';
import { isFields } from '../../src/omh/fields.js';
import { countObservations } from '../../src/db/observations.js';
import { createRuntimeSettings } from '../../src/runtime-settings.js';
import { connectedPatient, DAY_MS, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { agreeTo } from '../helpers/scopes.js';
import { LOOPBACK } from '../helpers/loopback.js';
import { dateAt, localMidnight } from './model/local-days.js';
import { keyOf } from './model/shown.js';
import { storedOf } from './model/stored.js';

const MINUTE_MS = 60_000;
const PATIENTS = 5;
const TICKS = (36 * 60) / 15;
const ZONE = 'Europe/Berlin';
/** Long gone, so that the clock of the database is later than any simulated instant. */
const START = Date.parse('2025-03-20T05:00:00Z');
const CODES = [
  ...['omh:heart-rate:2.0', 'omh:oxygen-saturation:2.0', 'ieee:sleep-episode:1.0'],
  ...['ieee:sleep-stage-summary:1.0', 'ieee:physical-activity:1.0'],
];
const SERIES = {
  heart_rate: 'heart_rate',
  resting_heart_rate: 'heart_rate',
  oxygen_saturation: 'oxygen_saturation',
};

let reader: Reader;
let sandbox: Sandbox;
let patients = 0;
beforeAll(async () => {
  reader = await startReader();
  sandbox = await startSandbox({ now: () => new Date(), historyDays: 2, historyRunMs: 0, seed: 7 });
  const settings = createRuntimeSettings(reader.sql, reader.secretBox, LOOPBACK);
  await settings.write('ow.api_url', sandbox.url, null);
  await settings.write('ow.api_key', sandbox.apiKey, null);
  await settings.write('ow.requests_per_second', '1000', null);
});
afterAll(async () => {
  await sandbox.close();
  await reader.close();
});
afterEach(() => {
  vi.useRealTimers();
});

async function ringWearer(): Promise<TestPatient> {
  patients += 1;
  const patient = await connectedPatient({ ...reader, sandbox }, patients);
  await agreeTo(reader.sql, patient.id, CODES);
  sandbox.control.connect(patient.owUserId, 'oura');
  return patient;
}

/** What Open Wearables shows now: the keys, with the values of samples; of totals those of days that are over. */
async function shownNow({ owUserId }: TestPatient): Promise<ReadonlyMap<string, string | null>> {
  const to = new Date();
  const samples = Object.entries(SERIES).flatMap(([series, dataType]) =>
    sandbox.control
      .samplesOf(owUserId, { types: [series], to })
      .map(
        ({ timestamp, value }) =>
          [keyOf(dataType, series, 'oura', Date.parse(timestamp)), String(value)] as const,
      ),
  );
  const nights = (await records(owUserId, 'events/sleep', 'start_time')).map(Date.parse);
  const workouts = (await records(owUserId, 'events/workouts', 'start_time')).map(Date.parse);
  const days = await records(owUserId, 'summaries/activity', 'date');
  const others = [
    ...nights.flatMap((at) => [
      keyOf('sleep_episode', 'sleep', 'oura', at),
      keyOf('sleep_stage_summary', 'sleep', 'oura', at),
    ]),
    ...workouts.map((at) => keyOf('physical_activity', 'workout', 'oura', at)),
    ...days
      .filter((date) => date < dateAt(to.getTime(), ZONE))
      .map((date) => keyOf('physical_activity', 'summary', 'oura', localMidnight(date, ZONE))),
  ];
  return new Map([...samples, ...others.map((key) => [key, null] as const)]);
}

async function records(owUserId: string, endpoint: RecordsEndpoint, field: string): Promise<string[]> {
  const [from, to] = [new Date(START - 5 * DAY_MS).toISOString(), new Date().toISOString()];
  const ow = await reader.openWearables();
  const { data, pagination } = await ow.records({ owUserId, endpoint, from, to, cursor: null });
  expect(pagination.has_more).toBe(false);
  return data.map((record) => (isFields(record) ? String(record[field]) : ''));
}

const DAY: readonly (readonly [string, SyncPattern])[] = [
  ['samples visible at once', 'immediate'],
  ['samples pulled hourly', 'hourly'],
  ['a ring synced twice a day', 'manual'],
];

describe.each(DAY)('36 hours of ticks with %s', (name, pattern) => {
  it('leave every sample, night, workout and total stored once, with the values that are shown', async ({
    annotate,
  }) => {
    vi.useFakeTimers({ toFake: ['Date'], now: START });
    const wearers: TestPatient[] = [];
    for (let number = 0; number < PATIENTS; number += 1) wearers.push(await ringWearer());
    for (const { id, owUserId } of wearers) {
      sandbox.control.setSyncPattern(owUserId, pattern);
      await reader.readHistory({
        ...{ patientId: id, dataTypes: null },
        ...{ from: new Date(START - 3 * DAY_MS).toISOString(), to: new Date().toISOString() },
      });
    }
    const polls = () => Promise.all(wearers.map(({ id }) => reader.poll(id)));
    for (let tick = 1; tick <= TICKS; tick += 1) {
      vi.setSystemTime(START + tick * 15 * MINUTE_MS);
      // The ring meets its phone in the morning and in the evening.
      if (tick % 48 === 20) for (const { owUserId } of wearers) sandbox.control.ringSyncs(owUserId, 'oura');
      await polls();
    }
    for (const { owUserId } of wearers) sandbox.control.ringSyncs(owUserId, 'oura');
    vi.setSystemTime(START + (TICKS + 1) * 15 * MINUTE_MS);
    await polls();

    const figures = { shown: 0, stored: 0, doubled: 0 };
    for (const wearer of wearers) {
      const shown = await shownNow(wearer);
      const stored = await storedOf(reader.sql, wearer.id);
      const isStored = ([key, value]: readonly [string, string | null]) =>
        stored.get(key)?.isCurrent === true && (value === null || stored.get(key)?.value === value);
      figures.shown += shown.size;
      figures.stored += [...shown].filter(isStored).length;
      figures.doubled += (await countObservations(reader.sql, wearer.id, null)) - shown.size;
    }
    const complete = Math.round((100 * figures.stored) / figures.shown);
    await annotate(`${name}: ${complete} % complete of ${figures.shown}, ${figures.doubled} doubled`);
    expect(figures.shown).toBeGreaterThan(PATIENTS * 36 * 10);
    expect(figures).toEqual({ shown: figures.shown, stored: figures.shown, doubled: 0 });
    expect(sandbox.control.defects).toEqual([]);
  }, 300_000);
});
