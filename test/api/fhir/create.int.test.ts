import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { attachDataSource } from '../../../src/db/studies.js';
import { decide } from '../../helpers/connected-patient.js';
import { hoursAgo } from '../../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../../helpers/test-world.js';
import { problemsOf } from '../../fhir/official.js';
import { Caller } from '../caller.js';

const PETER = 40001;
const CAREX = 70001;
const OBSERVATION = '/FHIR/R5/Observation';
const OMH = 'https://w3id.org/openmhealth';

let world: TestWorld;
let peter: Caller;
let pamela: Caller;
let megan: Caller;
let victor: Caller;
let mark: Caller;
let uuid = '';
beforeAll(async () => {
  world = await startTestWorld();
  peter = await Caller.of(world, 'll_patient_peter@example.com');
  pamela = await Caller.of(world, 'll_patient_pamela@example.com');
  megan = await Caller.of(world, 'member_megan@example.com');
  victor = await Caller.of(world, 'viewer_victor@example.com');
  mark = await Caller.of(world, 'manager_mark@example.com');
  await attachDataSource(world.app.sql, 30001, CAREX);
});
afterAll(async () => {
  await world.close();
});
beforeEach(() => {
  uuid = randomUUID();
});

/** A data point of blood pressure; what is given replaces the usual. */
function point(body: object = {}, header: object = {}) {
  return {
    header: {
      ...{
        uuid,
        schema_id: { namespace: 'omh', name: 'blood-pressure', version: '4.0' },
        modality: 'sensed',
      },
      ...{ source_creation_date_time: hoursAgo(1).toISOString(), ...header },
    },
    body: {
      systolic_blood_pressure: { value: 121, unit: 'mmHg' },
      diastolic_blood_pressure: { value: 79, unit: 'mmHg' },
      effective_time_frame: { date_time: hoursAgo(1).toISOString() },
      ...body,
    },
  };
}

/** The Observation that a client posts of it. */
function observation(document: unknown = point(), more: object = {}) {
  return {
    resourceType: 'Observation',
    status: 'preliminary',
    code: { coding: [{ system: OMH, code: 'omh:blood-pressure:4.0' }] },
    subject: { reference: `Patient/${PETER}` },
    device: { reference: `Device/${CAREX}` },
    valueAttachment: {
      contentType: 'application/json',
      data: Buffer.from(JSON.stringify(document)).toString('base64'),
    },
    ...more,
  };
}

const full = z.object({ id: z.string(), valueAttachment: z.object({ data: z.string() }) }).loose();

describe('a posted observation', () => {
  it('of a member is answered whole, as it came, and is found again in both releases', async () => {
    const document = point();
    const identifier = [{ system: 'urn:carex', value: uuid }];
    const answer = await megan.post(
      OBSERVATION,
      observation(document, { identifier }),
      'application/fhir+json',
    );
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      status: 'final',
      identifier,
      device: { reference: `Device/${CAREX}` },
    });
    expect(problemsOf('R5', answer.body as object)).toEqual([]);
    const { id, valueAttachment } = full.parse(answer.body);
    expect(answer.headers.get('location')).toBe(`${world.config.SITE_URL}${OBSERVATION}/${id}`);
    expect(JSON.parse(Buffer.from(valueAttachment.data, 'base64').toString())).toEqual(document);
    expect((await megan.get(`${OBSERVATION}/${id}`)).body).toEqual(answer.body);
    const found = await megan.get(`${OBSERVATION}?identifier=urn:carex|${uuid}`);
    expect(found.body).toMatchObject({ total: 1, entry: [{ resource: { id } }] });
    const { body } = await megan.get(`/FHIR/R4/Observation/${id}`);
    expect(problemsOf('R4', body as object)).toEqual([]);
    expect(body).toMatchObject({
      component: [{ valueQuantity: { value: 121 } }, { valueQuantity: { value: 79 } }],
    });
  });

  it('of a patient is answered in short', async () => {
    const { status, body } = await peter.post(OBSERVATION, observation());
    expect(status).toBe(201);
    expect(Object.keys(body as object).sort()).toEqual([
      'code',
      'id',
      'meta',
      'resourceType',
      'status',
      'subject',
    ]);
    expect(body).toMatchObject({ code: { coding: [{ system: OMH, code: 'omh:blood-pressure:4.0' }] } });
  });

  it.each([
    [
      'a start and an end',
      { start_date_time: '2026-11-01T10:00:00Z', end_date_time: '2026-11-01T11:00:00Z' },
    ],
    [
      'a start and a duration',
      { start_date_time: '2026-11-01T10:00:00Z', duration: { value: 1, unit: 'h' } },
    ],
    [
      'an end and a duration',
      { end_date_time: '2026-11-01T11:00:00Z', duration: { value: 60, unit: 'min' } },
    ],
  ])('may say when by %s', async (_what, time_interval) => {
    const answer = await megan.post(
      OBSERVATION,
      observation(point({ effective_time_frame: { time_interval } })),
    );
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(answer.body).toMatchObject({
      effectivePeriod: { start: '2026-11-01T10:00:00Z', end: '2026-11-01T11:00:00Z' },
    });
  });

  it('with an identifier that somebody has is a conflict, and so is a data point that came before', async () => {
    const identifier = [{ system: 'urn:carex', value: uuid }];
    expect((await megan.post(OBSERVATION, observation(point(), { identifier }))).status).toBe(201);
    expect((await megan.post(OBSERVATION, observation())).status).toBe(409);
    uuid = randomUUID();
    expect((await megan.post(OBSERVATION, observation(point(), { identifier }))).status).toBe(409);
    expect((await megan.post(OBSERVATION, observation())).status).toBe(201);
  });
});

describe('is refused', () => {
  it('from another patient, a viewer, a stranger, and without a token', async () => {
    for (const caller of [pamela, victor, mark]) {
      expect((await caller.post(OBSERVATION, observation())).status).toBe(403);
    }
    const answer = await world.app.server.request(OBSERVATION, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(401);
  });

  it('when no consent covers it: the scope, the data source, the time, or any more', async () => {
    const sugar = { namespace: 'omh', name: 'blood-glucose', version: '4.0' };
    const glucose = point({ blood_glucose: { value: 90, unit: 'mg/dL' } }, { schema_id: sugar });
    const code = { coding: [{ system: OMH, code: 'omh:blood-glucose:4.0' }] };
    const old = point({ effective_time_frame: { date_time: '2020-01-01T00:00:00Z' } });
    const attempts = [
      observation(glucose, { code }),
      observation(point(), { device: { reference: 'Device/70003' } }),
      observation(old),
    ];
    for (const attempt of attempts) expect((await megan.post(OBSERVATION, attempt)).status).toBe(403);
    await decide(world.app.sql, PETER, 'stopped', { conceptId: 50002 });
    expect((await peter.post(OBSERVATION, observation())).status).toBe(403);
    await decide(world.app.sql, PETER, 'agreed', { conceptId: 50002, at: hoursAgo(2) });
    expect((await peter.post(OBSERVATION, observation())).status).toBe(201);
  });

  it.each([
    [400, 'an unknown patient', { subject: { reference: 'Patient/49999' } }],
    [400, 'another kind of subject', { subject: { reference: 'Group/30001' } }],
    [400, 'an unknown device', { device: { reference: 'Device/79999' } }],
    [400, 'a device that is no personal one', { device: { reference: 'Device/70005' } }],
    [400, 'an unknown code', { code: { coding: [{ system: OMH, code: 'omh:mood:1.0' }] } }],
    [
      400,
      'a foreign system',
      { code: { coding: [{ system: 'http://loinc.org', code: 'omh:blood-pressure:4.0' }] } },
    ],
    [
      400,
      'two codings',
      {
        code: {
          coding: [
            { system: OMH, code: 'a' },
            { system: OMH, code: 'b' },
          ],
        },
      },
    ],
    [
      400,
      'an attachment that is no JSON',
      { valueAttachment: { contentType: 'application/json', data: 'AAAA' } },
    ],
    [400, 'an identifier of ours', { identifier: [{ system: 'ow:normalized', value: 'x' }] }],
    [400, 'no attachment', { valueAttachment: undefined }],
  ])('with %s: %s', async (status, _what, more) => {
    expect(await megan.post(OBSERVATION, observation(point(), more))).toMatchObject({
      status,
      body: { resourceType: 'OperationOutcome' },
    });
  });

  it.each([
    ['a body that its schema forbids', () => point({ systolic_blood_pressure: { value: 121, unit: 'bar' } })],
    ['a header that its schema forbids', () => point({}, { uuid: 'seven' })],
    [
      'the schema of another code',
      () => point({}, { schema_id: { namespace: 'omh', name: 'heart-rate', version: '2.0' } }),
    ],
    ['no time', () => point({ effective_time_frame: {} })],
  ])('as unprocessable with %s, and quotes nothing of it', async (_what, document) => {
    const { status, body } = await megan.post(OBSERVATION, observation(document()));
    expect(status).toBe(422);
    expect(JSON.stringify(body)).not.toMatch(/121|bar|seven/);
  });

  it('in another media type', async () => {
    expect((await megan.post(OBSERVATION, '<Observation/>', 'application/fhir+xml')).status).toBe(415);
  });
});

describe('a batch', () => {
  const request = { method: 'POST', url: 'Observation' };
  const bundle = (...resources: object[]) => ({
    ...{ resourceType: 'Bundle', type: 'batch' },
    entry: resources.map((resource) => ({ resource, request })),
  });

  it.each(['/FHIR/R5', '/FHIR/R5/'])('at %s tells of each entry how it ended, in order', async (path) => {
    const good = observation();
    uuid = randomUUID();
    const bad = observation(point({ systolic_blood_pressure: { value: 121, unit: 'bar' } }));
    const { status, body } = await megan.post(path, bundle(good, bad, good));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      type: 'batch-response',
      entry: [
        { resource: { resourceType: 'Resource' }, response: { status: '201 Created' } },
        { response: { status: '422 Unprocessable Entity', outcome: { resourceType: 'OperationOutcome' } } },
        { response: { status: '409 Conflict' } },
      ],
    });
  });

  it('with an entry without data is refused whole, and empty ones are', async () => {
    const before = await world.app.sql`select count(*) from observations`;
    const hollow = observation(point(), { valueAttachment: { contentType: 'application/json' } });
    expect((await megan.post('/FHIR/R5', bundle(observation(), hollow))).status).toBe(400);
    expect((await megan.post('/FHIR/R5', bundle())).status).toBe(400);
    expect(await world.app.sql`select count(*) from observations`).toEqual(before);
  });
});
