import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestWorld, type TestWorld } from '../../helpers/test-world.js';
import { until } from '../../../dev/journey/until.js';
import { Caller } from '../caller.js';

let world: TestWorld;
let megan: Caller;
let admin: Caller;
beforeAll(async () => {
  world = await startTestWorld();
  megan = await Caller.of(world, 'member_megan@example.com');
  admin = await Caller.of(world, 'admin@example.com');
});
afterAll(async () => {
  await world.close();
});

type Fields = [string, string][];
const urlencoded = (fields: Fields) => new URLSearchParams(fields);
function multipart(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

it.each([
  ['a form', urlencoded],
  ['a form in parts', multipart],
] as const)('%s is read as JSON is, in either spelling', async (kind, form) => {
  const word = kind.replaceAll(' ', '-');
  const patient = await megan.form(
    'POST',
    '/api/v1/patients',
    form([
      ['organizationId', '20003'],
      ['telecom_email', `${word}@example.com`],
      ['nameFamily', '12345'],
      ['telecomPhone', '5550100'],
    ]),
  );
  expect(patient).toMatchObject({
    status: 201,
    body: { nameFamily: '12345', telecomPhone: '5550100', telecomEmail: `${word}@example.com` },
  });
  const { id } = patient.body as { id: number };
  const changed = await megan.form(
    'PATCH',
    `/api/v1/patients/${id}?organization_id=20003`,
    form([['name_given', 'Ó']]),
  );
  expect(changed).toMatchObject({ status: 200, body: { id, nameGiven: 'Ó' } });
  const study = await megan.form(
    'POST',
    '/api/v1/studies',
    form([
      ['organization', '20003'],
      ['name', word],
      ['description', 'D'],
    ]),
  );
  expect(study).toMatchObject({ status: 201, body: { name: word, organization: 20003 } });
  const of = `/api/v1/studies/${(study.body as { id: number }).id}`;
  expect(await megan.form('POST', `${of}/scope_requests`, form([['scope_code_id', '50004']]))).toMatchObject({
    ...{ status: 201, body: { scopeCode: { id: 50004 } } },
  });
  const one = await megan.form('POST', `${of}/patients`, form([['patientIds', String(id)]]));
  expect(one).toMatchObject({ status: 201, body: { studyPatients: [{ patient: { id } }] } });
  const two = await megan.form(
    'POST',
    `${of}/patients`,
    form([
      ['patient_ids', '40001'],
      ['patient_ids', '40002'],
    ]),
  );
  expect(two).toMatchObject({ status: 201, body: { studyPatients: [{}, {}] } });
  expect((await megan.form('DELETE', `${of}/patients`, form([['patientIds', String(id)]]))).status).toBe(204);
  const invited = await megan.form(
    'POST',
    '/api/v1/invitation',
    form([
      ['patient_id', String(id)],
      ['client_id', '6'],
      ['send_email', 'false'],
    ]),
  );
  expect(invited).toMatchObject({ status: 201, body: { patientId: id, client_id: 6 } });
  const set = await admin.form(
    'POST',
    '/api/v1/jhe_settings',
    form([
      ['key', form === multipart ? 'ow.heal_days' : 'ow.lookback_hours'],
      ['valueType', 'int'],
      ['value', '30'],
    ]),
  );
  expect(set).toMatchObject({ status: 201, body: { resolvedValue: 30 } });
});

it('a number may come as text in JSON too, as the original takes it', async () => {
  const { status } = await megan.post('/api/v1/invitation', { patientId: '40001', clientId: '6' });
  expect(status).toBe(201);
  for (const patientId of ['40001.5', '-1', '', ' 40001', '99999999999', null, true]) {
    expect(
      (await megan.post('/api/v1/invitation', { patientId, clientId: 6 })).status,
      String(patientId),
    ).toBe(400);
  }
});

it('a form that is broken, or has a file, is refused with a detail', async () => {
  const withFile = new FormData();
  withFile.append('patientIds', new Blob(['40001']), 'ids.txt');
  expect(await megan.form('POST', '/api/v1/studies/30001/patients', withFile)).toMatchObject({
    ...{ status: 400, body: { detail: 'patientIds: files are not taken.' } },
  });
  const broken = await megan.post('/api/v1/invitation', 'x', 'multipart/form-data');
  expect(broken).toMatchObject({ status: 400, body: { detail: 'The request could not be read.' } });
});

it('a form without a token is not read: no page of another site can make a browser send one', async () => {
  const answer = await fetch(`${world.config.SITE_URL}/api/v1/invitation`, {
    ...{ method: 'POST', headers: { cookie: 'session=x' }, body: urlencoded([['patientId', '40001']]) },
  });
  expect(answer.status).toBe(401);
});

it('send_email mails the patient a link, without this it stays in the answer', async () => {
  const letters = () => world.mail.caught.filter(({ to }) => to === 'll_patient_pamela@example.com');
  expect((await megan.post('/api/v1/invitation', { patient_id: 40002, client_id: 6 })).status).toBe(201);
  const answer = await megan.post('/api/v1/invitation', {
    patient_id: 40002,
    client_id: 6,
    send_email: true,
  });
  expect(answer.status).toBe(201);
  await until('a letter has gone out', () => Promise.resolve(letters().length > 0));
  expect(letters()).toHaveLength(1);
});
