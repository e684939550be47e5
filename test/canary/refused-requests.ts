import { Caller } from '../api/caller.js';
import { BEATS, PERSON, SAID } from './planted.js';
import type { CanaryWorld } from './world.js';

const asked = encodeURIComponent(`${SAID.request} ${PERSON.email}`);
const said = `${SAID.request} ${PERSON.email} ${BEATS}`;
const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const patient = {
  ...{ organizationId: 20003, nameFamily: PERSON.family, nameGiven: PERSON.given },
  ...{ telecomEmail: PERSON.email, telecomPhone: PERSON.phone },
};
const record = { system: 'https://records.example', value: PERSON.record };
const heartRate = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'https://w3id.org/openmhealth', code: 'omh:heart-rate:2.0', display: said }] },
  subject: { reference: `Patient/${said}` },
  valueAttachment: {
    contentType: json,
    data: Buffer.from(JSON.stringify({ body: said })).toString('base64'),
  },
};

/** The person again, whose address and record number are taken; what does not parse; what is nobody's. */
export const refused: readonly Asked[] = [
  { path: '/api/v1/patients', body: patient },
  { path: '/api/v1/patients', body: { ...patient, telecomEmail: PERSON.email.toUpperCase() } },
  {
    path: '/api/v1/patients',
    body: { ...patient, telecomEmail: 'b@planted.example', identifiers: [record] },
  },
  { method: 'PATCH', path: '/api/v1/patients/40001?organization_id=20003', body: { identifiers: [record] } },
  { path: '/api/v1/patients', body: { ...patient, telecomEmail: said, birthDate: said } },
  { path: '/api/v1/patients', body: { ...patient, organizationId: said, [said]: said } },
  { path: '/api/v1/patients', body: `{"nameFamily": "${said}` },
  { path: '/api/v1/patients', body: said, type: 'text/plain' },
  {
    path: '/api/v1/practitioners',
    body: { organizationId: 20003, telecomEmail: PERSON.email, nameFamily: said },
  },
  { path: '/api/v1/studies', body: { name: `\0${said}`, description: said, organization: said } },
  { path: '/api/v1/invitation', body: { patientId: said, client_id: PERSON.email } },
  { path: `/api/v1/invitation/${SAID.request}` },
  { method: 'GET', path: `/api/v1/patients/${asked}` },
  { method: 'GET', path: `/api/v1/patients?patient_id=${asked}&identifier_value=${asked}%00` },
  { method: 'GET', path: `/api/v1/nothing/${asked}?q=${asked}` },
  { method: 'GET', path: `/api/v1/observations?patient_id=${asked}` },
  { method: 'GET', path: `/FHIR/R5/Observation?patient=${asked}&code=${asked}` },
  { method: 'GET', path: `/FHIR/R5/Observation?patient=40001&date=${asked}&${asked}=1` },
  { method: 'GET', path: `/FHIR/R5/Observation/${asked}` },
  { method: 'GET', path: `/FHIR/R5/Nothing/${asked}` },
  { path: '/FHIR/R5/Observation', body: heartRate },
  { path: '/FHIR/R5/Observation', body: { ...heartRate, subject: { reference: 'Patient/40001' } } },
  { path: '/FHIR/R5/', body: { resourceType: 'Bundle', type: said, entry: [{ resource: heartRate }] } },
  { path: '/FHIR/R5/Observation', body: `{"resourceType": ${said}` },
  { path: '/o/token/', body: `grant_type=authorization_code&code=${asked}&client_id=${asked}`, type: form },
  { path: '/o/token/', body: `grant_type=${asked}&refresh_token=${asked}`, type: form },
  { path: '/o/token/', body: `grant_type=password&username=${asked}&password=${asked}`, type: form },
  { path: '/api/v1/jhe_settings', body: { key: said, value: said } },
  { path: '/api/v1/ow/users', body: { email: PERSON.email, patientId: said } },
  { method: 'GET', path: `/api/v1/ow/oauth/${asked}/authorize?redirect_uri=${asked}` },
  { method: 'GET', path: `/api/v1/oauth/oura/callback?code=${SAID.request}&state=${SAID.request}` },
  { path: '/api/v1/ow/webhooks', body: { type: said }, headers: { 'svix-id': said, 'svix-signature': said } },
  // The form shows the address that was typed again, and nothing else.
  { path: '/admin/sign-in', body: `email=megan@clinic.example&password=${asked}`, type: form },
  { path: '/admin/patients', body: `csrf=${asked}&family=${asked}`, type: form },
  { path: '/ow/redeem', body: `link=${asked}&code=${asked}`, type: form },
  { path: '/ow/consents', body: `csrf=${asked}&share=${asked}`, type: form },
  { path: '/ow/fresh-link', body: `csrf=${asked}&email=${asked}`, type: form },
  { method: 'GET', path: `/ow/?code=localhost_${asked}` },
  { method: 'GET', path: `/ow/return/${asked}?state=${asked}` },
  { method: 'GET', path: `/ow/${asked}` },
  { method: 'GET', path: `/admin/${asked}?text=${asked}` },
];

export interface Refusal {
  readonly asked: string;
  readonly status: number;
  /** Headers and body. */
  readonly text: string;
}

/** Sends each of them as a manager and as nobody, with headers that tell more; answers what came back, whole. */
export async function sendRefused(world: CanaryWorld): Promise<Refusal[]> {
  const token = await Caller.tokenOf(world, 'manager_mary@example.com');
  const answers = [];
  for (const request of refused)
    for (const authorization of [`Bearer ${token}`, `Bearer ${SAID.request}`])
      answers.push(await send(world, request, authorization));
  return answers;
}

async function send(world: CanaryWorld, request: Asked, authorization: string) {
  const { path, body, type = json, method = 'POST' } = request;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(new URL(path, world.config.SITE_URL), {
    method,
    redirect: 'manual',
    ...(body === undefined ? {} : { body: text }),
    headers: {
      ...(body === undefined ? {} : { 'content-type': type }),
      origin: world.config.SITE_URL,
      'user-agent': said,
      'x-forwarded-for': SAID.request,
      'x-request-id': said,
      referer: `https://elsewhere.example/${asked}`,
      cookie: `session=${SAID.request}; theme=${SAID.request}`,
      ...(type === form ? {} : { authorization }),
      ...request.headers,
    },
  });
  return {
    asked: `${method} ${path}`,
    status: answer.status,
    text: `${JSON.stringify([...answer.headers])}\n${await answer.text()}`,
  };
}
