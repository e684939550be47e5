import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storePage } from '../../src/db/pages.js';
import { findPatient } from '../../src/db/patients.js';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import type { Measurement } from '../../src/omh/measurement.js';
import { agreedPatient, decide, HEART_RATE_CONCEPT, type TestPatient } from '../helpers/connected-patient.js';
import { openDesk, type Desk } from '../helpers/dead-letters.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { hoursAgo, pageOf, shownSample, TIMESERIES } from '../helpers/samples.js';
import { uncommitted, waitsForALock } from '../helpers/uncommitted.js';

let reader: Reader;
let desk: Desk;
let patient: TestPatient;
let patients = 0;
beforeAll(async () => {
  reader = await startReader();
  desk = openDesk(reader);
});
afterAll(async () => {
  await reader.close();
});
beforeEach(async () => {
  // Letters that a test leaves open are nobody else's.
  await reader.sql`update dead_letters set state = 'retried', decided_at = now() where state = 'open'`;
  patients += 1;
  patient = await agreedPatient(reader, patients);
});

/** An account of the starting world. */
const MANAGER = 10001;
const NONE = { created: 0, unchanged: 0, rejected: 0, withheld: 0, held: 0 };
/** One clock for the whole file, so that a sample that is shown again is the same. */
const NOW = hoursAgo(0).getTime();
const at = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();
const beat = (hours: number, value: unknown = 60) => shownSample({ timestamp: at(hours), value });
const shown = async (...samples: readonly unknown[]) => {
  reader.sandbox.control.faults.failNext(TIMESERIES, { status: 200, body: pageOf(samples) });
  return reader.poll(patient.id);
};
const letters = () => reader.sql<
  { id: number; state: string; reason: string; seen: number; tries: number; note: string | null }[]
>`select id, state, reason, seen_count as seen, tries, note from dead_letters
  where patient_id = ${patient.id} order by id`;
async function measured(sample: unknown): Promise<Measurement> {
  const found = await findPatient(reader.sql, patient.id);
  if (found === undefined) throw new Error('the patient is missing');
  const context = { subject: found.reference, timeZone: found.timeZone };
  const outcome = convertSample('heart_rate', 'ow_normalized', sample, context);
  if (isRejected(outcome)) throw new Error('the sample cannot be converted');
  return outcome;
}
const values = async () =>
  (
    await reader.sql<{ value: number }[]>`
      select value from observations where patient_id = ${patient.id} order by effective_start desc`
  ).map(({ value }) => value);

describe('a retry', () => {
  it('stores what converts now, once, as a page would have stored it', async () => {
    const ids = await desk.refuse(patient.id, { record: beat(1) }, { record: beat(2, 70) });
    expect(await desk.retry({ ids })).toEqual({ ...NONE, created: 2 });
    expect(await desk.retry({ ids })).toEqual(NONE);
    expect(await values()).toEqual([60, 70]);
    expect(await letters()).toMatchObject([{ state: 'retried' }, { state: 'retried' }]);
    expect(await shown(beat(1), beat(2, 70))).toMatchObject({ seen: 2, unchanged: 2 });
  });

  it('leaves open what is refused again, with what is wrong now, and counts the tries', async () => {
    const [id = 0] = await desk.refuse(patient.id, { record: beat(1, 'sixty') });
    expect(await desk.retry({ ids: [id] })).toEqual({ ...NONE, rejected: 1 });
    expect(await desk.retry({ ids: [id] })).toEqual({ ...NONE, rejected: 1 });
    expect(await letters()).toMatchObject([{ id, state: 'open', reason: 'bad-number', seen: 1, tries: 2 }]);
  });

  it('takes all with one reason, or all, and no others', async () => {
    await desk.refuse(
      patient.id,
      { record: beat(1, 61), reason: 'bad-number' },
      { record: beat(2, 62), reason: 'bad-time' },
      { record: beat(3, 63), reason: 'no-time-zone' },
    );
    expect(await desk.retry({ reason: 'bad-time' })).toEqual({ ...NONE, created: 1 });
    expect(await values()).toEqual([62]);
    expect(await desk.retry({})).toEqual({ ...NONE, created: 2 });
  });

  it('of more letters than are taken at once decides about each', async () => {
    const records = Array.from({ length: 120 }, (_, index) =>
      shownSample({
        timestamp: new Date(hoursAgo(1).getTime() - index * 60_000).toISOString(),
        value: index,
      }),
    );
    await desk.refuse(patient.id, ...records.map((record) => ({ record })), { record: beat(1, 'sixty') });
    expect(await desk.retry({})).toEqual({ ...NONE, created: 120, rejected: 1 });
  });

  it('converts a series that no data type could read when it was refused', async () => {
    await desk.refuse(patient.id, { record: beat(1), dataType: 'unknown', reason: 'unknown-series' });
    expect(await desk.retry({})).toEqual({ ...NONE, created: 1 });
  });

  it('stores nothing that no consent covers today', async () => {
    const [id = 0] = await desk.refuse(patient.id, { record: beat(1) });
    await decide(reader.sql, patient.id, 'stopped', { conceptId: HEART_RATE_CONCEPT });
    expect(await desk.retry({ ids: [id] })).toEqual({ ...NONE, withheld: 1 });
    expect(await values()).toEqual([]);
    expect(await letters()).toMatchObject([{ state: 'open', reason: 'bad-time', tries: 1 }]);
  });

  it('that broke off after it stored ends the letter the next time', async () => {
    const [id = 0] = await desk.refuse(patient.id, { record: beat(1) });
    await desk.retry({ ids: [id] });
    await reader.sql`update dead_letters set state = 'open', decided_at = null where id = ${id}`;
    expect(await desk.retry({ ids: [id] })).toEqual({ ...NONE, unchanged: 1 });
    expect(await values()).toEqual([60]);
  });
});

describe('a sample that was corrected at its source', () => {
  it('is not overwritten by what it was before', async () => {
    await desk.refuse(patient.id, { record: beat(1, 60) });
    await shown(beat(1, 66));
    expect(await desk.retry({})).toEqual({ ...NONE, unchanged: 1 });
    expect(await values()).toEqual([66]);
    expect(await letters()).toMatchObject([{ state: 'retried' }]);
  });

  it('is not overwritten by a retry that runs while its page is stored', async () => {
    const [id = 0] = await desk.refuse(patient.id, { record: beat(1, 60) });
    const corrected = await measured(beat(1, 66));
    const page = await uncommitted(reader.sql, (connection) =>
      storePage(connection, {
        ...{ patientId: patient.id, identifierSystem: 'ow:normalized', measurements: [corrected] },
        ...{ refusals: [], coverage: [] },
      }),
    );
    const retry = desk.retry({ ids: [id] });
    await Promise.race([waitsForALock(reader.sql, ''), retry]);
    await page.commit();
    expect(await retry).toEqual({ ...NONE, unchanged: 1 });
    expect(await values()).toEqual([66]);
  });

  it('does not come back when it turned out to be an error', async () => {
    await desk.refuse(patient.id, { record: beat(1, 60) });
    await shown(beat(1, 66));
    await reader.sql`update observations set status = 'entered-in-error' where patient_id = ${patient.id}`;
    expect(await desk.retry({})).toEqual({ ...NONE, unchanged: 1 });
    expect(await reader.sql`select status, value from observations where patient_id = ${patient.id}`).toEqual(
      [{ status: 'entered-in-error', value: 66 }],
    );
  });

  it('and refused again counts as it was seen last, whichever letter is asked for', async () => {
    const [older = 0] = await desk.refuse(patient.id, { record: beat(1, 60) }, { record: beat(1, 62) });
    expect(await desk.retry({ ids: [older] })).toEqual({ ...NONE, created: 1, unchanged: 1 });
    expect(await values()).toEqual([62]);
    expect(await letters()).toMatchObject([{ state: 'retried' }, { state: 'retried' }]);
  });

  it('ends the letter of what could never be read', async () => {
    await shown(beat(1, 'sixty'));
    await shown(beat(2, 'seventy'));
    await shown(beat(1, 61));
    expect(await desk.retry({})).toEqual({ ...NONE, unchanged: 1, rejected: 1 });
    expect(await letters()).toMatchObject([
      { state: 'retried', reason: 'bad-number' },
      { state: 'open', reason: 'bad-number' },
    ]);
  });

  it('to something that cannot be read any more needs a decision', async () => {
    await shown(beat(1, 61));
    await shown(beat(1, 'sixty'));
    expect(await desk.retry({})).toEqual({ ...NONE, rejected: 1 });
    expect(await values()).toEqual([61]);
  });

  it('of another device or series ends no letter', async () => {
    const source = { provider: 'oura', source: 'oura', device: 'another ring' };
    await shown(beat(1, 'sixty'));
    await shown({ ...beat(1, 61), source }, { ...beat(1, 62), type: 'resting_heart_rate' });
    expect(await desk.retry({})).toEqual({ ...NONE, rejected: 1 });
  });
});

describe('a discarded letter', () => {
  it('stays discarded when its sample is read again, and is counted', async () => {
    await shown(beat(1, 'sixty'));
    const [open] = await letters();
    expect(await desk.discard([open?.id ?? 0, 999_999], 'the ring was broken', MANAGER)).toEqual([open?.id]);
    await shown(beat(1, 'sixty'));
    expect(await letters()).toMatchObject([{ state: 'discarded', note: 'the ring was broken', seen: 2 }]);
    expect(await desk.retry({})).toEqual(NONE);
    const [decided] =
      await reader.sql`select decided_by, decided_at from dead_letters where id = ${open?.id ?? 0}`;
    expect(decided).toEqual({ decided_by: MANAGER, decided_at: expect.any(Date) as Date });
  });

  it('is discarded once, and taken up again by its id', async () => {
    const [good = 0, bad = 0] = await desk.refuse(
      ...([patient.id, { record: beat(1) }, { record: beat(2, 'sixty') }] as const),
    );
    await desk.discard([good, bad], 'by mistake', null);
    expect(await desk.discard([good], 'again', null)).toEqual([]);
    expect(await desk.retry({ ids: [good, bad] })).toEqual({ ...NONE, created: 1, rejected: 1 });
    expect(await letters()).toMatchObject([
      { state: 'retried', note: null },
      { state: 'open', note: null },
    ]);
  });
});

it('a letter whose sample is refused again after it was stored needs a decision again', async () => {
  await shown(beat(1, 'sixty'));
  await shown(beat(1, 61));
  await desk.retry({});
  expect(await letters()).toMatchObject([{ state: 'retried' }]);
  await shown(beat(1, 'sixty'));
  expect(await letters()).toMatchObject([{ state: 'open', seen: 2 }]);
});

describe('an original', () => {
  it('is shown only together with the record of who views it', async () => {
    const record = beat(1, 'sixty-one point two');
    const [id = 0] = await desk.refuse(patient.id, { record });
    expect(await desk.viewOriginal(id, MANAGER)).toEqual(record);
    expect(
      await reader.sql`select dead_letter_id, viewed_by from dead_letter_views where dead_letter_id = ${id}`,
    ).toEqual([{ dead_letter_id: id, viewed_by: MANAGER }]);
    expect(desk.logLines.at(-1)).toContain(
      `"event":"dead letter viewed","deadLetterId":${id},"by":${MANAGER}`,
    );
    await expect(desk.viewOriginal(999_999, MANAGER)).rejects.toMatchObject({ name: 'DeadLetterUnknown' });
  });

  it('leaves no trace of its value in logs and metrics, whatever is decided', async () => {
    const ids = await desk.refuse(
      patient.id,
      { record: beat(1, 61.375) },
      { record: beat(2, 'planted 61.375') },
    );
    await desk.retry({ ids });
    await desk.discard(ids, 'planted 61.375', MANAGER);
    expect(desk.logLines.join('')).toContain('dead letters discarded');
    expect(desk.logLines.join('') + (await desk.metrics.metrics())).not.toContain('61.375');
  });
});
