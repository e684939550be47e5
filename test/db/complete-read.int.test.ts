import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { saveCoverage, type CompleteRead } from '../../src/db/coverage.js';
import { markMissing } from '../../src/db/missing.js';
import { storePage } from '../../src/db/pages.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { attachDataSource } from '../../src/db/studies.js';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import { DAY_MS, decide, OURA } from '../helpers/connected-patient.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { shownSample } from '../helpers/samples.js';
import { readIndexes, statementsOf } from '../helpers/statements.js';

const DAYS = 60;
const SAMPLES_A_DAY = 50;

let database: TestDatabase;
let patientId = 0;
beforeAll(async () => {
  database = await seededDatabase();
  await attachDataSource(database.sql, STUDY.studyId, OURA.dataSourceId);
  patientId = (await ensureDemoPatients(database.sql, { ...STUDY, count: 1 })).at(-1)?.id ?? 0;
  await decide(database.sql, patientId, 'agreed', { at: new Date(Date.now() - (DAYS + 1) * DAY_MS) });
  for (let day = 1; day <= DAYS; day += 1)
    await storePage(database.sql, {
      ...{ patientId, identifierSystem: 'ow:normalized', refusals: [], coverage: [] },
      measurements: measuredDaysAgo(day),
    });
});
afterAll(async () => {
  await database.drop();
});

function measuredDaysAgo(day: number) {
  return Array.from({ length: SAMPLES_A_DAY }, (_, index) => {
    const timestamp = new Date(Date.now() - day * DAY_MS + index * 60_000).toISOString();
    const context = { subject: 'p', timeZone: null };
    const outcome = convertSample('heart_rate', 'ow_normalized', shownSample({ timestamp }), context);
    if (isRejected(outcome)) throw new Error('the sample of the test is bad');
    return outcome;
  });
}

describe('comparing a week of a long history with what is stored', () => {
  it('reads that week and what was missing, never the whole history of the patient', async () => {
    const [from, to] = [DAYS, DAYS - 7].map((days) => new Date(Date.now() - days * DAY_MS).toISOString());
    const { sql } = database;
    const read: CompleteRead = {
      ...{ patientId, kind: 'sample', dataTypes: ['heart_rate'], from: from ?? '', to: to ?? '' },
      shown: [],
    };
    const statements = await statementsOf([sql], async () => {
      await markMissing(sql, read, {}, 'proven');
      await saveCoverage(sql, read);
    });
    const indexes = (await Promise.all(statements.map((each) => readIndexes(sql, each)))).flat();
    const ofObservations = new Set(indexes.filter((name) => name.startsWith('observations_')));
    expect([...ofObservations].sort()).toEqual([
      ...['observations_by_time', 'observations_missing', 'observations_pkey'],
    ]);
  });
});
