import { EventEmitter, once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { encodeCursor } from '../../dev/open-wearables/cursor.js';
import { instantOf } from '../../dev/open-wearables/instant.js';
import { ensureAccount } from '../../src/accounts.js';
import { cursorsOf } from '../helpers/cursors.js';
import type { Counts } from '../../src/workflows/contract.js';
import { agreedPatient, DAY_MS, decide, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates, hoursAgo, pageOf, TIMESERIES } from '../helpers/samples.js';
import { agreeTo } from '../helpers/scopes.js';
import { startPagedUpstream, type PagedUpstream } from './model/paged-upstream.js';

let reader: Reader;
let upstream: PagedUpstream;
let patients = 0;
beforeAll(async () => {
  reader = await startReader();
  upstream = await startPagedUpstream(reader.sandbox.url);
  await reader.readFrom(upstream.url);
});
afterAll(async () => {
  await reader.close();
  await upstream.close();
});
afterEach(() => {
  vi.useRealTimers();
  reader.sandbox.control.faults.clear();
  upstream.reset();
  upstream.pageLimit = 100;
});

const COUNT = 250;
const FIVE_PAGES = 450;

async function patientWithSamples(count = COUNT, everyMinutes = 5): Promise<TestPatient> {
  patients += 1;
  const patient = await agreedPatient(reader, patients, 1);
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(22), count, everyMinutes));
  return patient;
}
const readBack = ({ id }: TestPatient) =>
  reader.readHistory({
    ...{ patientId: id, dataTypes: null },
    ...{ from: hoursAgo(48).toISOString(), to: new Date().toISOString() },
  });
const stored = ({ id }: TestPatient) => reader.sql<{ at: Date; value: number; status: string }[]>`
  select effective_start as at, value, status from observations where patient_id = ${id} order by effective_start`;
const shown = ({ owUserId }: TestPatient) =>
  reader.sandbox.control.samplesOf(owUserId).map(({ timestamp, value }) => [Date.parse(timestamp), value]);

/** I1 to I4: every sample once, with its value, and the cursor not beyond what is stored. */
async function expectAllStored(patient: TestPatient): Promise<void> {
  const rows = await stored(patient);
  expect(rows.map(({ at, value }) => [at.getTime(), value])).toEqual(shown(patient));
  expect(rows.every(({ status }) => status !== 'entered-in-error')).toBe(true);
  const cursors = await cursorsOf(reader.sql, patient.id);
  const position = cursors.find(({ series }) => series === 'heart_rate')?.position;
  expect(position).toEqual(rows.at(-1)?.at);
}
const created = (counts: readonly (Counts | string)[]) =>
  counts.reduce((sum, count) => sum + (typeof count === 'string' ? 0 : count.created), 0);

describe('at the same time', () => {
  it('ten polls and two backfills of one patient store every sample once', async () => {
    const patient = await patientWithSamples();
    const polls = Array.from({ length: 10 }, () => reader.poll(patient.id));
    const counts = await Promise.all([...polls, readBack(patient), readBack(patient)]);
    expect(created(counts)).toBe(COUNT);
    await expectAllStored(patient);
  });

  it('a backfill that stores an old page after a poll has read its correction is set right by the next poll', async () => {
    const patient = await patientWithSamples(50);
    await reader.poll(patient.id);
    const corrected = new EventEmitter();
    let isHeld = false;
    upstream.change = async (page) => {
      if (!isHeld) {
        isHeld = true;
        await once(corrected, 'read');
      }
      return page;
    };
    const backfill = readBack(patient);
    await until('the backfill has its page', () => Promise.resolve(isHeld));
    const [first] = heartRates(hoursAgo(22), 1);
    if (first === undefined) throw new Error('there is a first sample');
    reader.sandbox.control.addSamples(patient.owUserId, [{ ...first, value: 99 }]);
    expect(await reader.poll(patient.id)).toMatchObject({ amended: 1 });
    corrected.emit('read');
    await backfill;
    await reader.poll(patient.id);
    await expectAllStored(patient);
  });

  it('a revocation between two pages leaves what was stored before it, and only the page after the next is asked for', async () => {
    const patient = await patientWithSamples(FIVE_PAGES, 2);
    let pages = 0;
    upstream.beforePage = async (page) => {
      pages = page;
      if (page !== 2) return false;
      await until('the first page is stored', async () => (await stored(patient)).length === 100);
      await decide(reader.sql, patient.id, 'stopped');
      return false;
    };
    expect(await reader.poll(patient.id)).toMatchObject({ created: 100, withheld: 100 });
    // The third is on its way while the second is stored; the end of the read may come before it is seen.
    expect(pages).toBeLessThanOrEqual(3);
    expect(await stored(patient)).toHaveLength(100);
    expect(await reader.poll(patient.id)).toBe('not consented');
  });

  it('rows that arrive before the place where a poll has come to are stored by the next one', async () => {
    const patient = await patientWithSamples();
    upstream.beforePage = (page) => {
      if (page === 3) reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(21.99), 20, 1));
      return false;
    };
    await reader.poll(patient.id);
    upstream.reset();
    await reader.poll(patient.id);
    await expectAllStored(patient);
  });
});

describe('an odd upstream', () => {
  it('with one row a page is read completely', async () => {
    const patient = await patientWithSamples(30);
    upstream.pageLimit = 1;
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 30, created: 30 });
    await expectAllStored(patient);
  });

  it('that does not count its rows is read completely', async () => {
    const patient = await patientWithSamples();
    upstream.change = ({ data, pagination }) => ({ data, pagination: { ...pagination, total_count: null } });
    expect(await reader.poll(patient.id)).toMatchObject({ created: COUNT });
    await expectAllStored(patient);
  });

  it('whose pages are empty, but not the last, is read to the end', async () => {
    const patient = await patientWithSamples();
    const next = (hours: number) =>
      encodeCursor({ at: instantOf(hoursAgo(hours)), id: '00000000-0000-4000-8000-000000000000' });
    for (const hours of [40, 39, 38])
      reader.sandbox.control.faults.failNext(TIMESERIES, { status: 200, body: pageOf([], next(hours)) });
    expect(await reader.poll(patient.id)).toMatchObject({ created: COUNT });
    await expectAllStored(patient);
  });

  it('that goes round in a circle is a failure with a name, and what came before is stored', async () => {
    const patient = await patientWithSamples();
    const cursors: (string | null | undefined)[] = [];
    upstream.change = ({ data, pagination }) => {
      cursors.push(pagination.next_cursor);
      const isRound = cursors.length >= 3;
      const turned = { ...pagination, has_more: true, next_cursor: cursors[0] };
      return { data, pagination: isRound ? turned : pagination };
    };
    const { failure } = await reader.failingPoll(patient.id);
    expect(failure).toMatchObject({ name: 'LoopingCursor' });
    expect(cursors).toHaveLength(3);
    expect(await stored(patient)).toHaveLength(COUNT);
    upstream.reset();
    await reader.poll(patient.id);
    await expectAllStored(patient);
  });

  it('asked up to midnight sharp shows nothing of the day that begins, and that comes with the next poll', async () => {
    const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;
    vi.useFakeTimers({ toFake: ['Date'], now: midnight });
    patients += 1;
    const patient = await agreedPatient(reader, patients, 1);
    const around = heartRates(new Date(midnight - 3_600_000), 24);
    reader.sandbox.control.addSamples(patient.owUserId, around);
    // The microsecond that keeps the day out lets the sample of midnight itself in.
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 13, created: 13 });
    vi.setSystemTime(midnight + 3 * 3_600_000);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 11 });
    await expectAllStored(patient);
  });
});

describe('an account that was wiped and made anew', () => {
  it('is not connected, which is not "nothing new", and what is stored stays', async () => {
    const patient = await patientWithSamples(30);
    await agreeTo(reader.sql, patient.id, ['omh:heart-rate:2.0'], 1);
    await reader.poll(patient.id);
    reader.sandbox.control.deleteUser(patient.owUserId);
    await expect(readBack(patient)).rejects.toMatchObject({ name: 'AccountLost' });
    expect(await reader.poll(patient.id)).toBe('not connected');
    await ensureAccount(reader, patient.id);
    expect(await reader.poll(patient.id)).toBe('not connected');
    const rows = await stored(patient);
    expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 'final'));
  });
});
