import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { countReadable, type ReadFilter, readObservations } from '../../src/db/readable-observations.js';
import type { Reader } from '../../src/db/readers.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { only } from '../../src/db/sql.js';
import { attachDataSource } from '../../src/db/studies.js';
import { decide, HEART_RATE_CONCEPT, OURA } from '../helpers/connected-patient.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { putObservation, type Stored } from '../helpers/observations.js';
import { hoursAgo } from '../helpers/samples.js';

const IHEALTH = 70003;
const OXYGEN = { conceptId: 50005, dataType: 'oxygen_saturation' };
const OTHER_ORGANIZATION = 20007;
const researcher: Reader = { kind: 'practitioner', organizationIds: [STUDY.organizationId] };
const stranger: Reader = { kind: 'practitioner', organizationIds: [OTHER_ORGANIZATION] };

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
});

const put = (at: Date, kind: Partial<Stored> = {}) =>
  putObservation(database.sql, { patientId, at, ...kind });
const decideAt = (decision: 'agreed' | 'declined' | 'stopped', at: Date, studyId = STUDY.studyId) =>
  decide(database.sql, patientId, decision, { at, studyId });

/** What a reader is served, newest first; the count agrees. */
async function served(reader: Reader, filter: ReadFilter = {}): Promise<number[]> {
  const asked = { patientId, ...filter };
  const rows = await readObservations(database.sql, reader, { ...asked, limit: 100 });
  expect(await countReadable(database.sql, reader, asked)).toBe(rows.length);
  return rows.map(({ id }) => id);
}

/** A study of heart rate with Oura, in which the patient is. */
async function anotherStudy(organizationId: number, sourceId = OURA.dataSourceId): Promise<number> {
  const { sql } = database;
  const { id } = only(
    await sql<{ id: number }[]>`
    insert into studies (organization_id, name, description) values (${organizationId}, 'Another', '') returning id`,
  );
  await sql`insert into study_scopes (study_id, concept_id) values (${id}, ${HEART_RATE_CONCEPT})`;
  await sql`insert into study_data_sources (study_id, data_source_id) values (${id}, ${sourceId})`;
  await sql`insert into study_patients (study_id, patient_id) values (${id}, ${patientId})`;
  return id;
}

describe('what a researcher is served', () => {
  it('is what an agreement that stands covers: by scope, data source, data type and time', async () => {
    await decideAt('agreed', hoursAgo(1));
    const covered = [await put(hoursAgo(0)), await put(hoursAgo(2))];
    await put(hoursAgo(24 * 91));
    await put(hoursAgo(2), OXYGEN);
    await put(hoursAgo(2), { dataSourceId: IHEALTH });
    await put(hoursAgo(2), { dataType: 'sleep_heart_rate' });
    expect(await served(researcher)).toEqual(covered);
  });

  it('is nothing while a scope is unanswered or declined', async () => {
    await put(hoursAgo(2));
    expect(await served(researcher)).toEqual([]);
    await decideAt('declined', hoursAgo(1));
    expect(await served(researcher)).toEqual([]);
  });

  it('is nothing after a stop, whenever it was measured; after a new agreement all but the time between', async () => {
    const before = await put(hoursAgo(9));
    await put(hoursAgo(5));
    await decideAt('agreed', hoursAgo(8));
    await decideAt('stopped', hoursAgo(6));
    expect(await served(researcher)).toEqual([]);
    await decideAt('agreed', hoursAgo(4));
    const after = await put(hoursAgo(3));
    expect(await served(researcher)).toEqual([after, before]);
  });

  it('is nothing of a kind that the study no longer asks for by name', async () => {
    const { sql } = database;
    const named = (types: string[]) =>
      sql`update study_scopes set extra_data_types = ${types} where study_id = ${STUDY.studyId} and concept_id = 50004`;
    await decideAt('agreed', hoursAgo(1));
    const extra = await put(hoursAgo(2), { dataType: 'sleep_heart_rate' });
    await named(['sleep_heart_rate']);
    expect(await served(researcher)).toEqual([extra]);
    await named([]);
    expect(await served(researcher)).toEqual([]);
  });

  it('is nothing of a patient who has left the study or the organization', async () => {
    const { sql } = database;
    await decideAt('agreed', hoursAgo(1));
    await put(hoursAgo(2));
    const move = (to: number) =>
      sql`update organization_patients set organization_id = ${to} where patient_id = ${patientId}`;
    await move(OTHER_ORGANIZATION);
    expect(await served(researcher)).toEqual([]);
    await move(STUDY.organizationId);
    expect(await served(researcher)).toHaveLength(1);
    await sql`delete from study_patients where patient_id = ${patientId}`;
    expect(await served(researcher)).toEqual([]);
  });

  it('is nothing of another organization’s patients, nor without any organization', async () => {
    await decideAt('agreed', hoursAgo(1));
    await put(hoursAgo(2));
    expect(await served(stranger)).toEqual([]);
    expect(await served({ kind: 'practitioner', organizationIds: [] })).toEqual([]);
  });

  it('leaves out what was entered in error, unless the search names that status', async () => {
    await decideAt('agreed', hoursAgo(1));
    const [amended, wrong] = [
      await put(hoursAgo(2), { status: 'amended' }),
      await put(hoursAgo(3), { status: 'entered-in-error' }),
    ];
    expect(await served(researcher)).toEqual([amended]);
    expect(await served(researcher, { statuses: ['entered-in-error'] })).toEqual([wrong]);
    expect(await served(researcher, { statuses: ['final'] })).toEqual([]);
  });
});

describe('with two studies', () => {
  it('of one organization, both are served, each row once; a study filter shows what this study was granted', async () => {
    const other = await anotherStudy(STUDY.organizationId, IHEALTH);
    await database.sql`insert into study_data_sources (study_id, data_source_id) values (${other}, ${OURA.dataSourceId})`;
    await decideAt('agreed', hoursAgo(9));
    await decideAt('agreed', hoursAgo(8), other);
    await decideAt('stopped', hoursAgo(7), other);
    await decideAt('agreed', hoursAgo(4), other);
    const late = await put(hoursAgo(3));
    const between = await put(hoursAgo(5));
    const early = await put(hoursAgo(10));
    const elsewhere = await put(hoursAgo(11), { dataSourceId: IHEALTH });
    expect(await served(researcher)).toEqual([late, between, early, elsewhere]);
    expect(await served(researcher, { studyId: STUDY.studyId })).toEqual([late, between, early]);
    expect(await served(researcher, { studyId: other })).toEqual([late, early, elsewhere]);
    await decideAt('stopped', hoursAgo(2));
    expect(await served(researcher)).toEqual([late, early, elsewhere]);
  });

  it('of two organizations, each is served what its own studies were granted', async () => {
    const { sql } = database;
    const other = await anotherStudy(OTHER_ORGANIZATION);
    await sql`insert into organization_patients values (${OTHER_ORGANIZATION}, ${patientId})`;
    await decideAt('agreed', hoursAgo(1), other);
    const id = await put(hoursAgo(2));
    expect(await served(stranger)).toEqual([id]);
    expect(await served(researcher)).toEqual([]);
    expect(await served(researcher, { studyId: other })).toEqual([]);
    const both: Reader = {
      kind: 'practitioner',
      organizationIds: [STUDY.organizationId, OTHER_ORGANIZATION],
    };
    expect(await served(both)).toEqual([id]);
    expect(await served(both, { organizationId: STUDY.organizationId })).toEqual([]);
    expect(await served(both, { organizationId: OTHER_ORGANIZATION })).toEqual([id]);
  });
});

describe('a patient', () => {
  it('sees all of their own, whatever is consented, and nobody else’s', async () => {
    const own = [await put(hoursAgo(1)), await put(hoursAgo(2), OXYGEN), await put(hoursAgo(24 * 400))];
    const reader: Reader = { kind: 'patient', patientId };
    expect(await served(reader)).toEqual(own);
    expect(await served(reader, { studyId: STUDY.studyId })).toEqual(own);
    patients += 1;
    const other = (await ensureDemoPatients(database.sql, { ...STUDY, count: patients })).at(-1)?.id ?? 0;
    const theirs = await put(hoursAgo(1), { patientId: other });
    expect(await served({ kind: 'patient', patientId: other })).toEqual([]);
    expect(await served(reader, { patientId: other })).toEqual([]);
    expect(await served({ kind: 'patient', patientId: other }, { patientId: other })).toEqual([theirs]);
    expect(await readObservations(database.sql, reader, { limit: 10 })).toHaveLength(3);
  });
});

it('codes are found with their system or without; IEEE codes under either system', async () => {
  const reader: Reader = { kind: 'patient', patientId };
  const heart = await put(hoursAgo(1));
  const [{ id: conceptId }] = await database.sql<[{ id: number }]>`
    select id from codeable_concepts where code = 'ieee:sleep-stage-summary:1.0'`;
  const sleep = await put(hoursAgo(2), { conceptId, dataType: 'sleep_stage_summary' });
  const asked = (...codes: [string | null, string][]) =>
    served(reader, { codes: codes.map(([system, code]) => ({ system, code })) });
  const openMHealth = 'https://w3id.org/openmhealth';
  expect(await asked([openMHealth, 'omh:heart-rate:2.0'])).toEqual([heart]);
  expect(await asked([null, 'omh:heart-rate:2.0'])).toEqual([heart]);
  expect(await asked(['http://loinc.org', 'omh:heart-rate:2.0'])).toEqual([]);
  expect(await asked([openMHealth, 'ieee:sleep-stage-summary:1.0'])).toEqual([sleep]);
  expect(
    await asked([null, 'omh:heart-rate:2.0'], ['https://w3id.org/ieee1752', 'ieee:sleep-stage-summary:1.0']),
  ).toEqual([heart, sleep]);
  expect(await asked()).toEqual([]);
});

it('times are asked for by when something was measured, a part of it at least, and by when it changed', async () => {
  const reader: Reader = { kind: 'patient', patientId };
  const night = await put(hoursAgo(10), { until: hoursAgo(2) });
  const noon = await put(hoursAgo(5));
  const iso = (hours: number) => hoursAgo(hours).toISOString();
  const during = (...measured: NonNullable<ReadFilter['measured']>) => served(reader, { measured });
  expect(await during({ from: iso(4) })).toEqual([night]);
  expect(await during({ from: iso(5) }, { to: iso(5) })).toEqual([noon, night]);
  expect(await during({ after: iso(5), to: iso(3) })).toEqual([night]);
  expect(await during({ before: iso(10) })).toEqual([]);
  expect(await during({ after: iso(2) })).toEqual([]);
  await database.sql`update observations set updated_at = ${hoursAgo(30)} where id = ${noon}`;
  expect(await served(reader, { updated: [{ from: iso(1) }] })).toEqual([night]);
  expect(await served(reader, { updated: [{ before: iso(1) }] })).toEqual([noon]);
});
