import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectedPatient, DAY_MS, decide } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { hoursAgo } from '../helpers/samples.js';
import { agreeTo, askFor, conceptOf } from '../helpers/scopes.js';

const SLEEP = 'ieee:sleep-episode:1.0';
const STAGES = 'ieee:sleep-stage-summary:1.0';
const ACTIVITY = 'ieee:physical-activity:1.0';

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

let number = 0;
async function patientWho(...codes: string[]) {
  number += 1;
  const patient = await connectedPatient(reader, number);
  await agreeTo(reader.sql, patient.id, codes, 30);
  return patient;
}
const night = (from: number, to: number) => ({ start: hoursAgo(from), end: hoursAgo(to) });
const stored = (patientId: number) => reader.sql<
  { dataType: string; status: string; start: Date; end: Date }[]
>`select data_type as "dataType", status, effective_start as start, effective_end as end from observations
  where patient_id = ${patientId} order by data_type, effective_start`;
const { addSessions, removeSessions } = {
  addSessions: (...placed: Parameters<Reader['sandbox']['control']['addSessions']>) => {
    reader.sandbox.control.addSessions(...placed);
  },
  removeSessions: (...unwanted: Parameters<Reader['sandbox']['control']['removeSessions']>) =>
    reader.sandbox.control.removeSessions(...unwanted),
};

describe('a night', () => {
  it('feeds every kind of data that is agreed, once each, and a second poll stores nothing', async () => {
    const patient = await patientWho(SLEEP, STAGES);
    addSessions(patient.owUserId, 'sleeps', [night(12, 4)]);
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 2, created: 2 });
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 2, created: 0, unchanged: 2 });
    expect(await stored(patient.id)).toMatchObject([
      { dataType: 'sleep_episode', status: 'final', ...night(12, 4) },
      { dataType: 'sleep_stage_summary', status: 'final', ...night(12, 4) },
    ]);
  });

  it('that nobody agreed to is not asked for', async () => {
    const patient = await patientWho(ACTIVITY);
    addSessions(patient.owUserId, 'sleeps', [night(12, 4)]);
    reader.sandbox.control.requests.clear();
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 0 });
    expect(reader.sandbox.control.requests.map(({ path }) => path).join(' ')).not.toContain('sleep');
  });

  it('that crosses the start of what is read comes in whole', async () => {
    const patient = await patientWho(SLEEP);
    addSessions(patient.owUserId, 'sleeps', [night(26, 22)]);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 1 });
  });

  it('without the seconds in bed is rejected as time in bed, with the reason, and kept as an episode', async () => {
    const patient = await patientWho(SLEEP, 'ieee:time-in-bed:1.0');
    addSessions(patient.owUserId, 'sleeps', [night(12, 4)]);
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 2, created: 1, rejected: 1 });
    const letters = await reader.sql`
      select data_type, series, reason, detail from dead_letters where patient_id = ${patient.id}`;
    expect([...letters]).toEqual([
      {
        ...{ data_type: 'time_in_bed', series: 'events/sleep' },
        ...{ reason: 'missing-field', detail: 'time_in_bed_seconds' },
      },
    ]);
  });
});

describe('merged nights', () => {
  it('replace their parts, which stay as errors', async () => {
    const patient = await patientWho(SLEEP, STAGES);
    addSessions(patient.owUserId, 'sleeps', [night(14, 11), night(10, 6)]);
    await reader.poll(patient.id);
    removeSessions(patient.owUserId, 'sleeps', () => true);
    addSessions(patient.owUserId, 'sleeps', [night(14, 6)]);

    // The merged night starts with its first part: that one is corrected, the other one is gone.
    expect(await reader.poll(patient.id)).toMatchObject({ created: 0, amended: 2, retired: 2 });
    expect((await stored(patient.id)).slice(0, 2)).toMatchObject([
      { dataType: 'sleep_episode', status: 'amended', ...night(14, 6) },
      { dataType: 'sleep_episode', status: 'entered-in-error', ...night(10, 6) },
    ]);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 0, amended: 0, retired: 0 });
  });

  it('that are split again bring their parts back', async () => {
    const patient = await patientWho(SLEEP);
    const parts = [night(14, 11), night(10, 6)];
    for (const shown of [parts, [night(14, 6)], parts]) {
      removeSessions(patient.owUserId, 'sleeps', () => true);
      addSessions(patient.owUserId, 'sleeps', shown);
      await reader.poll(patient.id);
    }
    expect(await stored(patient.id)).toMatchObject([
      { status: 'amended', ...night(14, 11) },
      { status: 'amended', ...night(10, 6) },
    ]);
  });

  it('of one wearable replace nothing of another', async () => {
    const patient = await patientWho(SLEEP);
    await reader.sql`
      insert into study_data_sources (study_id, data_source_id)
      select 30001, id from data_sources where provider = 'garmin' on conflict do nothing`;
    addSessions(patient.owUserId, 'sleeps', [{ ...night(10, 6), provider: 'garmin' }]);
    await reader.poll(patient.id);
    removeSessions(patient.owUserId, 'sleeps', () => true);
    addSessions(patient.owUserId, 'sleeps', [night(14, 6)]);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 1, retired: 0 });
  });

  it('are seen whole when a window has several pages', async () => {
    const patient = await patientWho(SLEEP);
    const naps = Array.from({ length: 130 }, (_, index) => ({
      start: new Date(hoursAgo(20).getTime() + index * 300_000),
      end: new Date(hoursAgo(20).getTime() + index * 300_000 + 240_000),
    }));
    addSessions(patient.owUserId, 'sleeps', naps);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 130, retired: 0 });
    expect(await reader.poll(patient.id)).toMatchObject({ unchanged: 130, retired: 0 });
  });
});

describe('a workout', () => {
  it('keeps its identity when Open Wearables names it anew, and its correction is one', async () => {
    const patient = await patientWho(ACTIVITY);
    const run = { ...night(5, 4), distance: 4100 };
    addSessions(patient.owUserId, 'workouts', [run]);
    await reader.poll(patient.id);
    removeSessions(patient.owUserId, 'workouts', () => true);
    addSessions(patient.owUserId, 'workouts', [
      { ...run, id: '11111111-2222-4333-8444-555555555555', distance: 4200 },
    ]);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 0, amended: 1 });
  });
});

describe('totals of a day', () => {
  const steps = (at: Date, value: number) => ({ timestamp: at, type: 'steps', value, is_daily_total: true });
  const ZONE = 'Europe/Berlin';
  // Where the patient lives, a new day has begun an hour or two before UTC's.
  const today = new Date(new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format());
  const yesterday = new Date(today.getTime() - DAY_MS);

  it('are stored for the day of the patient once it is over, and corrected when they change', async () => {
    const patient = await patientWho(ACTIVITY);
    await reader.sql`update patients set time_zone = ${ZONE} where id = ${patient.id}`;
    reader.sandbox.control.addSamples(patient.owUserId, [steps(yesterday, 8000), steps(today, 100)]);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 1 });
    reader.sandbox.control.addSamples(patient.owUserId, [steps(yesterday, 8400)]);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 0, amended: 1 });
    const [total] = await reader.sql<{ hours: number; offset: number; details: unknown }[]>`
      select extract(epoch from effective_end - effective_start) / 3600 as hours, start_offset as offset, details
      from observations where patient_id = ${patient.id}`;
    expect(Number(total?.hours)).toBeGreaterThanOrEqual(23);
    expect(total?.offset).toBeGreaterThan(0);
    expect(total?.details).toMatchObject({ base_movement_quantity: { value: 8400, unit: 'steps' } });
  });
});

describe('a data type that shares its code', () => {
  it('is stored only when a study asks for it by name', async () => {
    const patient = await patientWho(STAGES);
    addSessions(patient.owUserId, 'sleeps', [night(12, 4)]);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 1 });
    await askFor(reader.sql, [STAGES], ['sleep_stage_episodes']);
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 2, unchanged: 1 });
    await askFor(reader.sql, [STAGES]);
  });

  it('is withheld as soon as the agreement is stopped', async () => {
    const patient = await patientWho(STAGES, SLEEP);
    await decide(reader.sql, patient.id, 'stopped', { conceptId: await conceptOf(reader.sql, STAGES) });
    addSessions(patient.owUserId, 'sleeps', [night(12, 4)]);
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 1, created: 1 });
  });
});
