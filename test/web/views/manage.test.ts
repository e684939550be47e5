import { expect, it } from 'vitest';
import {
  type ConnectionState,
  stateForPatient,
  stateForStaff,
} from '../../../src/web/components/connection-state.js';
import { ManagePage } from '../../../src/web/views/patient/manage.js';
import { named, read, textOf } from './html.js';
import { csrf, everyday, frame, givenAnswers, rhythm, utc } from './samples.js';

const studies = [rhythm, everyday].map((study) => ({ ...study, runBy: 'Lifespan Lab' }));
const page = (states: readonly ConnectionState[]) =>
  ManagePage({
    frame,
    readings: 184_203,
    csrf,
    connections: states.map((state, index) => ({ provider: `p${index}`, name: 'Oura', state })),
    studies,
    answers: givenAnswers,
  });

it('shows each answer as it stands, and none where there is none', async () => {
  const { tags } = await read(page([]));
  const chosen = named(tags, 'input').flatMap(({ attributes }) =>
    attributes.has('checked') ? attributes.get('id') : [],
  );
  expect(chosen).toEqual(['share-2-1', 'stop-2-2', 'stop-2-3']);
});

it.each<[ConnectionState, string]>([
  [{ is: 'connected', lastDataAt: utc('21T06:10:00') }, 'Connected Last data on 21 November 2026 at 06:10.'],
  [{ is: 'connected' }, 'Connected The first data usually arrives within 10 minutes.'],
  [{ is: 'reading', percent: 42 }, 'Reading Reading back what Oura has kept, 42 % so far.'],
  [{ is: 'silent', hours: 31 }, 'No data for 31 hours The connection is fine'],
  [{ is: 'needs-reconnecting' }, 'Needs reconnecting Oura asks you to sign in again.'],
  [
    { is: 'could-not-read', since: utc('21T07:30:00') },
    'Oura has an outage Since 07:30 on 21 November 2026.',
  ],
  [{ is: 'disconnected', on: utc('02T11:00:00') }, 'Disconnected Disconnected on 2 November 2026.'],
])('tells the state %o in its own words', async (state, words) => {
  expect(await textOf(page([state]))).toContain(`Oura ${words}`);
});

it('what needs the patient comes first and has the main button', async () => {
  const text = await textOf(page([{ is: 'connected' }, { is: 'needs-reconnecting' }]));
  expect(text).toMatch(/One thing needs you Oura asks you to sign in again.* Devices /);
  const { html } = await read(page([{ is: 'needs-reconnecting' }]));
  expect(html).toMatch(/btn-primary[^>]*>.*Reconnect/s);
});

it('a device can be disconnected, and connected again once it is', async () => {
  const actions = async (state: ConnectionState) =>
    [...(await read(page([state]))).html.matchAll(/action="(\/ow\/(?:connect|manage\/disconnect))"/g)].map(
      ([, to]) => to,
    );
  expect(await actions({ is: 'connected' })).toEqual(['/ow/manage/disconnect']);
  expect(await actions({ is: 'disconnected' })).toEqual(['/ow/connect']);
  expect(await actions({ is: 'needs-reconnecting' })).toEqual(['/ow/connect', '/ow/manage/disconnect']);
});

it('only what a person must act on is a warning, never what heals itself', () => {
  const states: ConnectionState[] = [
    { is: 'connected' },
    { is: 'reading', percent: 1 },
    { is: 'silent', hours: 31 },
    { is: 'needs-reconnecting' },
    { is: 'could-not-read', since: utc('21T07:30:00') },
    { is: 'disconnected' },
  ];
  const tones = ['ok', 'busy', 'warn', 'warn', 'busy', 'idle'];
  expect(states.map((state) => stateForPatient('Oura', state, frame).tone)).toEqual(tones);
  expect(states.map((state) => stateForStaff(state).tone)).toEqual(tones);
});
