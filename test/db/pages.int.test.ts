import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { cursorsOf } from '../helpers/cursors.js';
import { countObservations } from '../../src/db/observations.js';
import { storePage, type PageWrite } from '../../src/db/pages.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { attachDataSource } from '../../src/db/studies.js';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import type { Measurement } from '../../src/omh/measurement.js';
import { DAY_MS, decide, HEART_RATE_CONCEPT, OURA } from '../helpers/connected-patient.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { hoursAgo, shownSample } from '../helpers/samples.js';
import { uncommitted, waitsForALock } from '../helpers/uncommitted.js';

let database: TestDatabase;
let patientId = 0;
let patients = 0;
beforeAll(async () => {
  database = await seededDatabase();
  await attachDataSource(database.sql, STUDY.studyId, OURA.dataSourceId);
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  patients += 1;
  patientId = (await ensureDemoPatients(database.sql, { ...STUDY, count: patients })).at(-1)?.id ?? 0;
  await decide(database.sql, patientId, 'agreed', { at: new Date(Date.now() - DAY_MS) });
});

const hourOfSamples = Array.from({ length: 12 }, (_, index) => measured(hoursAgo(2 - index / 12)));

function measured(at: Date, value = 60): Measurement {
  const sample = shownSample({ timestamp: at.toISOString(), value });
  const outcome = convertSample('heart_rate', 'ow_normalized', sample, { subject: 'p', timeZone: null });
  if (isRejected(outcome)) throw new Error('the sample of the test is bad');
  return outcome;
}

function page(measurements: readonly Measurement[] = hourOfSamples): PageWrite {
  const [from, to] = [hoursAgo(3).toISOString(), hoursAgo(1).toISOString()];
  const coverage = [{ series: 'heart_rate', from, to, last: to }];
  return { patientId, identifierSystem: 'ow:normalized', measurements, refusals: [], coverage };
}

const observations = () => countObservations(database.sql, patientId, null);
describe('a page and its cursor', () => {
  it('commit together', async () => {
    expect(await storePage(database.sql, page())).toMatchObject({ stale: false, created: 12, withheld: 0 });
    expect(await cursorsOf(database.sql, patientId)).toEqual([
      { series: 'heart_rate', coveredFrom: hoursAgo(3), coveredTo: hoursAgo(1), position: hoursAgo(1) },
    ]);
  });

  it('fail together: a row that cannot be stored moves no cursor', async () => {
    const [first, ...others] = hourOfSamples;
    if (first === undefined) throw new Error('the hour is empty');
    const broken = { ...first, start: '2026-13-45T99:00:00Z' };
    await expect(storePage(database.sql, page([...others, broken]))).rejects.toThrow();
    expect(await cursorsOf(database.sql, patientId)).toEqual([]);
    expect(await observations()).toBe(0);
  });

  it('of spans that do not touch prove nothing about the time between them', async () => {
    await storePage(database.sql, page());
    const far = { series: 'heart_rate', from: hoursAgo(0.5).toISOString(), to: hoursAgo(0).toISOString() };
    await storePage(database.sql, { ...page([]), coverage: [{ ...far, last: far.to }] });
    const [cursor] = await cursorsOf(database.sql, patientId);
    expect(cursor).toMatchObject({ coveredTo: hoursAgo(1), position: hoursAgo(1) });
  });

  it('written by ten writers at once are stored once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => storePage(database.sql, page())));
    const created = outcomes.reduce((sum, outcome) => sum + outcome.created, 0);
    const unchanged = outcomes.reduce((sum, outcome) => sum + outcome.unchanged, 0);
    expect([created, unchanged, await observations()]).toEqual([12, 108, 12]);
  });
});

describe('a revocation', () => {
  it('that commits first wins: the page that waited for it writes nothing, and its retry withholds all', async () => {
    const revocation = await uncommitted(database.sql, (connection) =>
      decide(connection, patientId, 'stopped'),
    );
    const write = storePage(database.sql, page());
    await waitsForALock(database.sql, 'with guard as');
    await revocation.commit();

    expect(await write).toMatchObject({ stale: true, created: 0, amended: 0, unchanged: 0, withheld: 12 });
    expect(await cursorsOf(database.sql, patientId)).toEqual([]);
    const retry = await storePage(database.sql, page());
    expect(retry).toMatchObject({ stale: false, created: 0, amended: 0, unchanged: 0, withheld: 12 });
    expect(await observations()).toBe(0);
  });

  it('that rolls back leaves the page that waited for it whole', async () => {
    const revocation = await uncommitted(database.sql, (connection) =>
      decide(connection, patientId, 'stopped'),
    );
    const write = storePage(database.sql, page());
    await waitsForALock(database.sql, 'with guard as');
    await revocation.rollBack();
    expect(await write).toMatchObject({ stale: false, created: 12 });
  });

  it('that comes second waits until the page is stored', async () => {
    const write = await uncommitted(database.sql, (connection) => storePage(connection, page()));
    const revocation = decide(database.sql, patientId, 'stopped');
    await waitsForALock(database.sql, 'insert into consent_events');
    await write.commit();
    await revocation;
    expect(await observations()).toBe(12);
    expect(await storePage(database.sql, page())).toMatchObject({ unchanged: 0, withheld: 12 });
  });

  it('also keeps corrections out of what was stored before it', async () => {
    await storePage(database.sql, page());
    await decide(database.sql, patientId, 'stopped');
    const corrected = [measured(hoursAgo(2), 99)];
    expect(await storePage(database.sql, page(corrected))).toMatchObject({ amended: 0, withheld: 1 });
  });

  it('whose event got its number before another one that commits first blocks nothing for ever', async () => {
    const insert = (decision: string, ahead: number) => database.sql`
      insert into consent_events (id, patient_id, study_id, concept_id, decision, recorded_by, channel, text_version)
      overriding system value
      select (select max(id) from consent_events) + ${ahead}, ${patientId}, ${STUDY.studyId}, ${HEART_RATE_CONCEPT},
             ${decision}, user_id, 'test', 'test' from patients where id = ${patientId}`;
    await insert('agreed', 1001);
    await insert('stopped', -1);
    expect(await storePage(database.sql, page())).toMatchObject({ stale: false });
  });
});
