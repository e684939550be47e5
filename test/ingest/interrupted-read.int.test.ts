import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultyAnswer } from '../../dev/open-wearables/faults.js';
import { cursorsOf } from '../helpers/cursors.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates, hoursAgo, pageOf, shownSample, TIMESERIES } from '../helpers/samples.js';

let reader: Reader;
let patients = 0;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

const FIVE_PAGES = 450;

async function patientWithFivePages(): Promise<TestPatient> {
  patients += 1;
  const patient = await agreedPatient(reader, patients);
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(23), FIVE_PAGES, 3));
  return patient;
}

/** Matches only the n-th request for samples. */
class NthPage extends RegExp {
  #asked = 0;

  constructor(readonly page: number) {
    super(TIMESERIES.path);
  }

  override test(path: string): boolean {
    if (!super.test(path)) return false;
    this.#asked += 1;
    return this.#asked === this.page;
  }
}

function failOnPage(page: number, answer: FaultyAnswer): void {
  reader.sandbox.control.faults.failNext({ path: new NthPage(page) }, answer);
}

/** Instants that Open Wearables shows and we have not stored. */
async function missing({ id, owUserId }: TestPatient): Promise<string[]> {
  const rows = await reader.sql<
    { at: Date }[]
  >`select effective_start as at from observations where patient_id = ${id}`;
  const stored = new Set(rows.map(({ at }) => at.getTime()));
  expect(stored.size, 'each instant is stored once').toBe(rows.length);
  const shown = reader.sandbox.control.samplesOf(owUserId, { types: ['heart_rate'] });
  return shown.map(({ timestamp }) => timestamp).filter((time) => !stored.has(Date.parse(time)));
}

async function heartRateCursor({ id }: TestPatient) {
  return (await cursorsOf(reader.sql, id)).find(({ series }) => series === 'heart_rate');
}

const FAULTS: readonly (readonly [string, FaultyAnswer, string])[] = [
  [
    '500 text/plain',
    { status: 500, contentType: 'text/plain', body: 'Internal Server Error' },
    'ServerError',
  ],
  ['a reset', { status: 200, reset: true }, 'Unreachable'],
  ['an answer cut short', { status: 200, reset: true, body: '{"data":[{"timest' }, 'Unreadable'],
  [
    'HTML with 200',
    { status: 200, contentType: 'text/html', body: '<html>maintenance</html>' },
    'Unreadable',
  ],
  ['429', { status: 429, headers: { 'retry-after': '7' } }, 'RateLimited'],
  [
    'more to come without a way to it',
    { status: 200, body: pageOf([], '').replace('"has_more":false', '"has_more":true') },
    'Unreadable',
  ],
  ['a wrong key', { status: 401, body: '{"detail":"Invalid or missing API key"}' }, 'KeyRejected'],
];

describe.each(FAULTS)('%s on page 3', (_name, answer, kind) => {
  it('leaves two pages stored and the cursor at the last of them', async () => {
    const patient = await patientWithFivePages();
    failOnPage(3, answer);
    const { failure } = await reader.failingPoll(patient.id);
    expect(failure).toMatchObject({ name: kind });

    const notStored = await missing(patient);
    expect(notStored).toHaveLength(FIVE_PAGES - 200);
    const cursor = await heartRateCursor(patient);
    const oldest = Date.parse(notStored[0] ?? '');
    expect(cursor?.position?.getTime()).toBeLessThan(oldest);
    expect(cursor?.coveredTo.getTime()).toBeLessThanOrEqual(oldest);
  });

  it('is made good by the next attempt, which goes on where this one stopped', async () => {
    const patient = await patientWithFivePages();
    failOnPage(3, answer);
    const { again } = await reader.failingPoll(patient.id);
    reader.sandbox.control.requests.clear();
    const counts = await again();

    expect(counts).toMatchObject({ seen: FIVE_PAGES, created: FIVE_PAGES, unchanged: 0 });
    expect(reader.sandbox.control.requests.filter(({ path }) => TIMESERIES.path.test(path))).toHaveLength(3);
    expect(await missing(patient)).toEqual([]);
  });
});

it('a worker that dies without a word about its progress leaves nothing out and doubles nothing', async () => {
  const patient = await patientWithFivePages();
  failOnPage(4, { status: 500 });
  await reader.failingPoll(patient.id);
  expect(await reader.poll(patient.id)).toMatchObject({ created: FIVE_PAGES - 300, unchanged: 300 });
  expect(await missing(patient)).toEqual([]);
});

it('two reads of one patient at the same time store each sample once', async () => {
  const patient = await patientWithFivePages();
  const counts = await Promise.all([reader.poll(patient.id), reader.poll(patient.id)]);
  const created = counts.map((count) => (typeof count === 'string' ? 0 : count.created));
  expect(created.reduce((sum, count) => sum + count, 0)).toBe(FIVE_PAGES);
  expect(await missing(patient)).toEqual([]);
});

it('a cursor that leads back to itself ends the read with a name', async () => {
  const patient = await patientWithFivePages();
  const body = pageOf([shownSample()], 'round-and-round');
  reader.sandbox.control.faults.failNext(TIMESERIES, { status: 200, body }, 1000);
  const { failure } = await reader.failingPoll(patient.id);
  reader.sandbox.control.faults.clear();
  expect(failure).toMatchObject({ name: 'LoopingCursor' });
});
