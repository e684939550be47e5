import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { putObservation } from '../../helpers/observations.js';
import { hoursAgo } from '../../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../../helpers/test-world.js';
import { attachDataSource } from '../../../src/db/studies.js';
import { decide, OURA } from '../../helpers/connected-patient.js';
import { Caller } from '../caller.js';

const PETER = 40001;
const PAMELA = 40002;
const STUDY = 30001;
const SEARCH = '/FHIR/R5/Observation';
const HEART_RATE = 'https://w3id.org/openmhealth|omh:heart-rate:2.0';
const BLOOD_PRESSURE = { conceptId: 50002, dataType: 'blood_pressure' };

let world: TestWorld;
let megan: Caller;
let tom: Caller;
let mark: Caller;
let peter: Caller;
const put: Record<'newest' | 'early' | 'pressure' | 'wrong' | 'pamelas', number> = {
  ...{ newest: 0, early: 0, pressure: 0, wrong: 0, pamelas: 0 },
};
beforeAll(async () => {
  world = await startTestWorld();
  const { sql } = world.app;
  megan = await Caller.of(world, 'member_megan@example.com');
  tom = await Caller.of(world, 'three_org_tom@example.com');
  mark = await Caller.of(world, 'manager_mark@example.com');
  peter = await Caller.of(world, 'll_patient_peter@example.com');
  await attachDataSource(sql, STUDY, OURA.dataSourceId);
  await sql`insert into data_source_scopes values (${OURA.dataSourceId}, 50002) on conflict do nothing`;
  put.newest = await putObservation(sql, { patientId: PETER, at: hoursAgo(1), until: hoursAgo(0.5) });
  put.early = await putObservation(sql, { patientId: PETER, at: new Date('2026-10-01T12:00:00Z') });
  put.wrong = await putObservation(sql, { patientId: PETER, at: hoursAgo(3), status: 'entered-in-error' });
  put.pressure = await putObservation(sql, { patientId: PETER, at: hoursAgo(2), ...BLOOD_PRESSURE });
  put.pamelas = await putObservation(sql, { patientId: PAMELA, at: hoursAgo(4) });
});
afterAll(async () => {
  await world.close();
});

const bundle = z.object({
  resourceType: z.literal('Bundle'),
  total: z.number().optional(),
  entry: z.array(z.object({ resource: z.object({ resourceType: z.string(), id: z.string() }).loose() })),
  link: z.array(z.object({ relation: z.string(), url: z.string() })),
});

/** The ids that a search finds, in its order. */
async function found(caller: Caller, query: string, path = SEARCH): Promise<number[]> {
  const answer = await caller.get(`${path}?${query}`);
  expect(answer.status, query).toBe(200);
  return bundle.parse(answer.body).entry.map(({ resource }) => Number(resource.id));
}

describe('a search of a practitioner', () => {
  it('without a patient finds what all patients of their organizations consented to', async () => {
    expect(await found(megan, '')).toEqual([put.newest, put.pressure, put.pamelas, put.early]);
    expect(await found(mark, '')).toEqual([]);
  });

  it.each([
    ['patient=40001', ['newest', 'pressure', 'early']],
    ['patient=Patient/40002', ['pamelas']],
    [`code=${HEART_RATE}`, ['newest', 'pamelas', 'early']],
    ['code=omh:heart-rate:2.0,omh:blood-pressure:4.0&patient=40001', ['newest', 'pressure', 'early']],
    ['code=https://w3id.org/openmhealth|omh:blood-pressure:4.0', ['pressure']],
    ['code=http://loinc.org|8867-4', []],
    ['patient._has:Group:member:_id=30001&patient=40001', ['newest', 'pressure', 'early']],
    ['_has:Group:member:_id=Group/30001&patient=40001', ['newest', 'pressure', 'early']],
    ['patient._has:Group:member:_id=30002', []],
    ['patient.organization=20003&patient=40002', ['pamelas']],
    ['patient.identifier=urn:oid:1.2.3.4|E1234', ['newest', 'pressure', 'early']],
    ['patient.identifier=E1234', ['newest', 'pressure', 'early']],
    ['patient.identifier=nobody', []],
    ['patient.identifier=E1234&patient=40002', []],
    ['date=2026-10-01', ['early']],
    ['date=le2026-10-01', ['early']],
    ['date=gt2026-10-01T12:00:00Z&patient=40001', ['newest', 'pressure']],
    ['date=ge2026-10&date=lt2026-10-01T12:00:01Z', ['early']],
    ['status=entered-in-error', ['wrong']],
    ['status=amended', []],
    ['category=vital-signs&patient=40001', ['newest', 'pressure', 'early']],
    ['category=activity', []],
    ['_sort=date&patient=40001', ['early', 'pressure', 'newest']],
    ['_sort=_lastUpdated&patient=40001', ['newest', 'early', 'pressure']],
    ['_lastUpdated=lt2026-01-01', []],
    ['_source=https://jupyterhealth.org/jhe&patient=40002', ['pamelas']],
    ['_source:below=https://jupyterhealth.org/fhir/fhir-source/', []],
    ['_source=https://jupyterhealth.org/fhir/fhir-source/90001', []],
    ['unknown=1&patient=40002', ['pamelas']],
  ] as const)('%s', async (query, names) => {
    expect(await found(megan, query)).toEqual(names.map((name) => put[name]));
  });

  it('finds one by id and by identifier, and reads it', async () => {
    const { body } = await megan.get(`${SEARCH}/${put.newest}`);
    expect(body).toMatchObject({ resourceType: 'Observation', id: String(put.newest), status: 'final' });
    const [identifier] = z
      .object({ identifier: z.array(z.object({ value: z.string() })) })
      .parse(body).identifier;
    const value = identifier?.value ?? '';
    expect(await found(megan, `identifier=ow:normalized|${value}`)).toEqual([put.newest]);
    expect(await found(megan, `identifier=${value}`)).toEqual([put.newest]);
    expect(await found(megan, `identifier=ow:raw|${value}`)).toEqual([]);
    expect(await found(megan, `_id=${put.early},${put.pressure}`)).toEqual([put.pressure, put.early]);
    expect(await megan.get(`${SEARCH}/${put.wrong}`)).toMatchObject({ body: { status: 'entered-in-error' } });
  });

  it.each([
    [403, 'patient=40003'],
    [403, 'patient=99999999999'],
    [403, 'patient._has:Group:member:_id=30003'],
    [403, 'patient.organization=20004'],
    [422, 'patient=x'],
    [422, '_id=1,x'],
    [400, 'date=yesterday'],
    [400, 'date=2026-13-01'],
    [400, '_lastUpdated=2026-02-30'],
    [400, '_page=2'],
    [400, '_sort=value'],
  ])('answers %s to %s', async (status, query) => {
    expect(await megan.get(`${SEARCH}?${query}`)).toMatchObject({
      status,
      body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] },
    });
  });

  it('reads nothing of what it does not find', async () => {
    for (const id of [String(put.newest), '99999999999']) {
      expect((await mark.get(`${SEARCH}/${id}`)).status).toBe(404);
    }
    expect((await tom.get(`${SEARCH}/${put.newest}`)).status).toBe(200);
    expect((await megan.get(`${SEARCH}/x`)).status).toBe(422);
  });
});

it('a patient finds their own, whatever the search names', async () => {
  const own = [put.newest, put.pressure, put.early];
  expect(await found(peter, '')).toEqual(own);
  expect(await found(peter, 'patient=40002')).toEqual(own);
  expect(await found(peter, 'patient._has:Group:member:_id=30003')).toEqual(own);
  expect((await peter.get(`${SEARCH}/${put.pamelas}`)).status).toBe(404);
});

it('links lead through all pages, with the address of the site; counts are told once or not at all', async () => {
  const seen: string[] = [];
  let next: string | undefined = `${SEARCH}?_count=2&code=${HEART_RATE}`;
  while (next !== undefined) {
    const page = bundle.parse((await megan.get(next)).body);
    expect(page.total).toBe(3);
    expect(page.link[0]?.relation).toBe('self');
    seen.push(...page.entry.map(({ resource }) => resource.id));
    next = page.link.find(({ relation }) => relation === 'next')?.url;
    if (next !== undefined) expect(next.startsWith(world.config.SITE_URL)).toBe(true);
  }
  expect(seen).toEqual([put.newest, put.pamelas, put.early].map(String));
  const counted = await megan.get(`${SEARCH}?_summary=count&patient=40001`);
  expect(counted.body).toMatchObject({ total: 3, entry: [], link: [{ relation: 'self' }] });
  expect(await megan.get(`${SEARCH}?_total=none`)).not.toHaveProperty('body.total');
});

it('a consent that is stopped is honoured by the next request', async () => {
  const query = 'patient=40002';
  expect(await found(megan, query)).toEqual([put.pamelas]);
  await decide(world.app.sql, PAMELA, 'stopped');
  expect(await found(megan, query)).toEqual([]);
  await decide(world.app.sql, PAMELA, 'agreed');
});

describe('in R4', () => {
  const R4 = '/FHIR/R4/Observation';

  it('the same rows are found by LOINC, SNOMED CT, category and Open mHealth codes', async () => {
    for (const code of ['http://loinc.org|8867-4', '8867-4', HEART_RATE, 'omh:heart-rate:2.0']) {
      expect(await found(megan, `code=${code}&patient=40001`, R4), code).toEqual([put.newest, put.early]);
    }
    expect(
      await found(megan, 'code=http://loinc.org|85354-9,8867-4&patient=40001&category=vital-signs', R4),
    ).toEqual([put.newest, put.pressure, put.early]);
    expect(await found(megan, 'code=http://loinc.org|9279-1', R4)).toEqual([]);
    expect(await found(peter, 'category=laboratory', R4)).toEqual([]);
  });

  it('an observation has a LOINC code, a UCUM quantity, its category and its device', async () => {
    expect((await megan.get(`${R4}/${put.early}`)).body).toMatchObject({
      category: [{ coding: [{ code: 'vital-signs' }] }],
      code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }, { code: 'omh:heart-rate:2.0' }] },
      effectiveDateTime: '2026-10-01T12:00:00Z',
      valueQuantity: { value: 60, unit: 'beats/min', system: 'http://unitsofmeasure.org', code: '/min' },
      device: { reference: 'Device/70004', display: 'Oura' },
    });
  });

  it('nothing is written', async () => {
    expect((await megan.post(R4, {})).status).toBe(405);
  });
});

describe('patients, studies and data sources', () => {
  const get = async (caller: Caller, path: string) => {
    const answer = await caller.get(`/FHIR/R5/${path}`);
    expect(answer.status, path).toBe(200);
    return bundle.parse(answer.body).entry.map(({ resource }) => Number(resource.id));
  };

  it('are those of the caller, by name', async () => {
    expect(await get(megan, 'Patient?_count=2')).toEqual([40001, 40002]);
    expect(await get(mark, 'Patient')).toEqual([40003, 40005]);
    expect(await get(peter, 'Patient')).toEqual([PETER]);
    expect(await get(megan, 'Group')).toEqual([30002, 30001]);
    expect(await get(peter, 'Group')).toEqual([30002, 30001]);
    expect(await get(megan, 'Device')).toEqual([OURA.dataSourceId]);
    expect(await get(mark, 'Device')).toEqual([]);
  });

  it.each([
    ['family=mor', [PETER]],
    ['given=PET', [PETER]],
    ['name=ran', [PAMELA]],
    ['name=pa&family=ran', [PAMELA]],
    ['birthdate=1994-06-25', [PETER]],
    ['birthdate=lt1990', [PAMELA]],
    ['identifier=urn:oid:1.2.3.4|E1234', [PETER]],
    ['identifier=urn:other|E1234', []],
    ['_id=40002,40003', [PAMELA]],
    ['_has:Group:member:_id=30001&family=m', [PETER]],
    ['organization=20007', []],
    ['_source:below=https://jupyterhealth.org/fhir/fhir-source/', []],
  ])('Patient?%s', async (query, ids) => {
    expect(await get(megan, `Patient?${query}`)).toEqual(ids);
  });

  it('are read one by one, and not seen where they are not the caller’s', async () => {
    expect((await megan.get('/FHIR/R5/Patient/40001')).body).toMatchObject({
      birthDate: '1994-06-25',
      name: [{ family: 'Morris', given: ['Peter'] }],
    });
    for (const path of ['Patient/40003', 'Group/30003', 'Device/70001']) {
      expect((await megan.get(`/FHIR/R5/${path}`)).status, path).toBe(404);
    }
    expect((await peter.get('/FHIR/R5/Patient/40002')).status).toBe(404);
  });

  it('page by page nobody is repeated or left out', async () => {
    const first = bundle.parse((await megan.get('/FHIR/R5/Patient?_count=1')).body);
    const second = bundle.parse(
      (await megan.get(first.link.find(({ relation }) => relation === 'next')?.url ?? '')).body,
    );
    expect([first, second].map(({ entry }) => entry[0]?.resource.id)).toEqual(['40001', '40002']);
  });
});
