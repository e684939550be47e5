import { until } from '../../dev/journey/until.js';
import type { FaultyAnswer } from '../../dev/open-wearables/faults.js';
import { agreedPatient } from '../helpers/connected-patient.js';
import { pollNow } from '../helpers/operator.js';
import { BEATS, PERSON, quoting, REFUSED_BEATS, SAID } from './planted.js';
import type { CanaryWorld } from './world.js';

const body = quoting(SAID.upstream);
const page = (data: unknown, next: string | null = null) =>
  JSON.stringify({ data, pagination: { has_more: next !== null, next_cursor: next, total_count: 1 } });
const now = new Date().toISOString();

/** Answers that quote what they should not; after the last of a row the truth comes. */
const rows: readonly (readonly FaultyAnswer[])[] = [
  [
    { status: 500, body: `Traceback: ${body}`, contentType: 'text/plain' },
    { status: 200, body, reset: true },
    { status: 200, body: `<html><title>${body}</title>`, contentType: 'text/html' },
    { status: 200, body: body.slice(0, -9) },
  ],
  [
    { status: 200, body: JSON.stringify({ [SAID.upstream]: [PERSON], [PERSON.email]: BEATS }) },
    { status: 200, body: page({ [SAID.upstream]: BEATS }) },
    { status: 401, body },
    { status: 503, body, headers: { 'retry-after': '1', 'x-detail': SAID.upstream } },
  ],
  [
    { status: 429, body, headers: { 'retry-after': SAID.upstream } },
    { status: 503, reset: true },
    { status: 302, body, headers: { location: `http://localhost/${SAID.upstream}/${PERSON.email}` } },
  ],
  [{ status: 403, body }],
  [{ status: 404, body }],
  [{ status: 400, body }],
  [{ status: 422, body }],
];

/** What is shown as samples and cannot be one. */
const unusable = [
  SAID.upstream,
  [BEATS],
  { type: SAID.upstream, timestamp: now, value: BEATS },
  { type: 'heart_rate', timestamp: SAID.upstream, value: BEATS },
  { type: 'heart_rate', timestamp: now, value: `${BEATS} ${SAID.upstream}` },
  { type: 'heart_rate', timestamp: now, value: REFUSED_BEATS, source: { provider: [SAID.upstream] } },
  {
    type: 'heart_rate',
    timestamp: now,
    value: 61,
    source: { provider: 'oura', device: `\0${SAID.upstream}` },
  },
  { [SAID.upstream]: { [PERSON.email]: BEATS } },
];

/** One poll in which every patient meets another row of faults, and one a page of records that cannot be converted. */
export async function pollThroughFaults(world: CanaryWorld): Promise<void> {
  const { control } = world.sandbox;
  const place = { ...world.app, sandbox: world.sandbox };
  for (const [index, answers] of [...rows, [{ status: 200, body: page(unusable) }]].entries()) {
    const { id, owUserId } = await agreedPatient(place, index + 3, 2);
    const path = new RegExp(`${owUserId}/timeseries`);
    for (const answer of answers) control.faults.failNext({ path }, answer);
    await world.app.sql`delete from due_patients where patient_id = ${id}`;
  }
  await pollNow(world);
  await until('every fault was met', async () => Promise.resolve(control.requests.length > 20));
  control.faults.clear();
}

/** The next page of samples is this record, which cannot be converted. */
export function showUnusable(world: CanaryWorld, owUserId: string, record: unknown): void {
  const path = new RegExp(`${owUserId}/timeseries`);
  world.sandbox.control.faults.failNext({ path }, { status: 200, body: page([record]) });
}

/** What is asked for next at these addresses fails, and the answer quotes. */
export function failNext(world: CanaryWorld, path: RegExp): void {
  for (const answer of rows[0]?.slice(0, 2) ?? []) world.sandbox.control.faults.failNext({ path }, answer);
}
