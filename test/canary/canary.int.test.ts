import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { acceptInvitation, agreeToHeartRate, connectOura } from '../../dev/journey/patient-pages.js';
import { Stage, STUDY } from '../../dev/journey/stage.js';
import { until } from '../../dev/journey/until.js';
import { clients } from '../../src/db/clients.js';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { attachDataSource } from '../../src/db/studies.js';
import { sendInvitation } from '../../src/invitations.js';
import { Caller } from '../api/caller.js';
import { OURA } from '../helpers/connected-patient.js';
import { linkIn, mailsTo } from '../mail/caught.js';
import { noteSecrets } from '../temporal/seen-by-the-browser.js';
import { RawBrowser } from '../web/raw-browser.js';
import { newPatient, openPage } from '../web/stages.js';
import { historiesOf } from './histories.js';
import { loseConnections, quotingMailServer, readRawThroughFaults } from './other-faults.js';
import { BEATS, CORRECTED, PERSON, type Planted, plantedValues, REFUSED_BEATS, SAID } from './planted.js';
import { readEverywhere } from './readers.js';
import { sendRefused } from './refused-requests.js';
import { tablesOf, whereRead } from './search.js';
import { failNext, pollThroughFaults, showUnusable } from './upstream-faults.js';
import { type CanaryWorld, startCanaryWorld } from './world.js';

let world: CanaryWorld;
let person: Stage;
let planted: Planted;
/** What passes through browsers and clients. */
const SECRETS = ['cookie', 'bearer token', 'return nonce', 'invitation token', 'form guard', 'sign-in state'];
const places = new Map<string, Iterable<string>>();

beforeAll(async () => {
  world = await startCanaryWorld();
  const { secrets, stop } = noteSecrets();
  person = await enrolled();
  await connectWhileThingsFail();
  await measure();
  await pollThroughFaults(world);
  await loseConnections(world, person);
  places.set('S3 keys', await readRawThroughFaults(world, person));
  await discardWithNote();
  for (const [place, texts] of await readEverywhere(world, person)) places.set(place, texts);
  stop();
  planted = plantedValues(secrets, world.environment);
  const answers = await sendRefused(world);
  expect(answers.filter(({ status }) => status >= 400).length).toBeGreaterThan(60);
  // Taken: the address, twice, and the record number, for a new patient and for one that is there.
  const statuses = answers.slice(0, 8).map(({ status }) => status);
  expect(statuses).toEqual([400, 401, 400, 401, 400, 401, 400, 401]);
  places.set(
    'answers to what was refused',
    answers.map(({ text }) => text),
  );
  await collect();
}, 400_000);
afterAll(async () => {
  await world.close();
});

/** The person, made by the API with everything that a record can hold, of a study with Oura. */
async function enrolled(): Promise<Stage> {
  const mary = await Caller.of(world, 'manager_mary@example.com');
  const made = await mary.post('/api/v1/patients', {
    ...{ organizationId: STUDY.organizationId, nameGiven: PERSON.given, nameFamily: PERSON.family },
    ...{ telecomEmail: PERSON.email, telecomPhone: PERSON.phone },
    identifiers: [{ system: 'https://records.example', value: PERSON.record }],
  });
  const { id } = z.object({ id: z.int() }).parse(made.body);
  await mary.post(`/api/v1/studies/${STUDY.studyId}/patients`, { patientIds: [id] });
  await attachDataSource(world.app.sql, STUDY.studyId, OURA.dataSourceId);
  return Stage.set(world, world.sandbox, id);
}

/** The letter, the link, the consents and the connection, while the mail server and Open Wearables fail. */
async function connectWhileThingsFail(): Promise<void> {
  const client = (await clients(world.app.sql)).find(({ name }) => name === 'OW Local');
  if (client === undefined) throw new Error('the seeded client is missing');
  world.mail.refuse(quotingMailServer);
  await sendInvitation(world.app, { patientId: person.patientId, client, issuedBy: 10002 });
  await until('a try failed', () =>
    Promise.resolve(world.logLines.some((line) => line.includes('MailUnsent'))),
  );
  world.mail.refuse(null);
  const [letter] = await until('the letter came', async () => {
    const mails = await mailsTo(world, person.patientId);
    return mails.length > 0 && mails;
  });
  const other = await newPatient(world);
  await sendInvitation(world.app, { patientId: other.patientId, client, issuedBy: 10002 });
  failNext(world, /\/api\/v1\/users$/);
  await acceptInvitation(person.visitor, linkIn(letter));
  await agreeToHeartRate(person);
  failNext(world, /oauth\/providers$/);
  places.set('the page of devices, without them', [(await openPage(person, '/ow/devices')).html.toString()]);
  world.sandbox.control.faults.clear();
  await connectOura(person);
  await until('the data is read', async () => (await person.observations()) > 0, 60_000);
}

/** A measurement, its correction, and one that cannot be converted. */
async function measure(): Promise<void> {
  await world.app.orchestration.pauseSchedule('every poll is asked for');
  await person.letRings('rest');
  const { control } = world.sandbox;
  const at = await person.measureNow(BEATS);
  const owUserId = await person.owUserId();
  await person.poll();
  showUnusable(world, owUserId, { timestamp: at, type: 'heart_rate', value: String(REFUSED_BEATS) });
  await person.poll();
  control.addSamples(owUserId, [{ timestamp: at, type: 'heart_rate', value: CORRECTED }]);
  await person.poll();
}

/** An operator, whose first password was wrong, looks at a rejected record and gives it up. */
async function discardWithNote(): Promise<void> {
  await RawBrowser.signIn(world, 'admin@example.com', SAID.password);
  const operator = await RawBrowser.signIn(world, 'admin@example.com', SEED_PASSWORD);
  const csrf = await operator.csrf('/admin/dead-letters');
  const [letter] = await world.app.sql<{ id: number }[]>`
    select id from dead_letters where patient_id = ${person.patientId} and series = 'heart_rate'`;
  const id = String(letter?.id);
  const original = await operator.post(`/admin/dead-letters/${id}/original`, { csrf });
  expect(await original.text()).toContain(String(REFUSED_BEATS));
  await operator.post('/admin/dead-letters/discard', { csrf, id, note: SAID.note });
}

async function collect(): Promise<void> {
  await until('no workflow runs but those that wait for people', async () => {
    const [{ count } = { count: 0 }] = await world.app.sql<{ count: number }[]>`
      select count(*) as count from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()`;
    return count === 0;
  });
  for (const [table, rows] of await tablesOf(world.app.sql)) places.set(table, rows);
  places.set(
    'histories, memos, search attributes and schedules of Temporal',
    await historiesOf(world.config),
  );
  places.set('log', world.logLines);
  places.set('output', [world.output()]);
  places.set('log of Postgres', (await world.postgresLog()).split('\n'));
  places.set('metrics', [await world.app.metrics.metrics()]);
  const { caught } = world.mail;
  const words = (isOwn: boolean) =>
    caught.filter(({ to }) => (to === PERSON.email) === isOwn).map((mail) => JSON.stringify(mail));
  places.set('letters to the person', words(true));
  places.set('letters to others', words(false));
  places.set('requests to Open Wearables', [JSON.stringify(world.sandbox.control.requests)]);
}

it('the faults happened: they are in the logs, by name', async () => {
  const log = world.logLines.join('');
  const isTold = (text: string) => [text, log.includes(text)];
  const upstream = [
    'ServerError',
    'Unreadable',
    'Unreachable',
    'NotAuthorized',
    'RateLimited',
    'NotFound',
    'BadRequest',
  ];
  const others = ['DatabaseLost', 'MailUnsent', 'NotJson', 'RawStorageUnavailable', 'RawStorageRefused'];
  const kinds = [...upstream, ...others].map((kind) => `"${kind}"`);
  expect(kinds.map(isTold)).toEqual(kinds.map((kind) => [kind, true]));
  const postgres = await world.postgresLog();
  expect(postgres.includes('terminating connection due to administrator command')).toBe(true);
  expect(postgres.includes('with guard as')).toBe(true);
});

const TEAM = ['answers to the own clinic', 'pages of an operator', 'pages of the own clinic'];

/** Where each kind of value belongs; what is not named here is nowhere. */
const BELONGS: Readonly<Record<string, readonly string[]>> = {
  'given name': [...TEAM, 'letters to the person', 'table users'],
  'family name': [...TEAM, 'table users'],
  'e-mail': [...TEAM, 'letters to the person', 'table users'],
  phone: ['answers to the own clinic', 'table patients'],
  'medical record number': ['answers to the own clinic', 'table patient_identifiers'],
  'corrected heart rate': [...TEAM, 'pages of the person', 'table observations'],
  'heart rate': ['table observation_revisions'],
  // Its record is sealed; the upstream's own name for what it is of stands beside it.
  'text of the upstream': ['pages of an operator', 'table dead_letters'],
  note: ['pages of an operator', 'table dead_letters'],
  // The token of the letter's link, until it is used.
  cookie: ['letters to the person'],
  'invitation token': ['letters to the person', 'requests to Open Wearables'],
  'form guard': ['pages of the person', 'table sessions', 'the page of devices, without them'],
  // What the vendor gives the browser is passed on to Open Wearables.
  'return nonce': ['requests to Open Wearables'],
  'sign-in state': ['requests to Open Wearables', 'table connect_attempts'],
  'text of a request': ['requests to Open Wearables'],
};

it('each planted value is read where it belongs and nowhere else', () => {
  expect(Object.keys(planted)).toEqual(expect.arrayContaining(SECRETS));
  expect(
    Object.values(planted)
      .flat()
      .every((value) => value.length > 5),
  ).toBe(true);
  const expected = Object.keys(planted).map((name) => [name, [...(BELONGS[name] ?? [])].sort()]);
  expect(whereRead(planted, places)).toEqual(Object.fromEntries(expected));
});
