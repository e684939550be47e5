import type { Agreements } from './agreements.js';
import type { Reading } from './shown.js';
import type { StoredReading } from './stored.js';

type Stored = ReadonlyMap<string, StoredReading>;

/** What was shown and agreed at one moment of a read. */
export interface Moment {
  readonly readings: ReadonlyMap<string, Reading>;
  readonly agreements: Agreements;
}

const isCovered = ({ code, provider, start }: Reading, { agreements }: Moment) =>
  agreements.covers(code, provider, start);

/** Nothing is written that was not shown and agreed at some moment of the read; nothing is lost or blamed wrongly. */
export function checkWrites(before: Stored, after: Stored, moments: readonly Moment[]): void {
  for (const [key, { value, isCurrent }] of after) {
    const known = before.get(key);
    if (isCurrent && (known?.value !== value || !known.isCurrent)) {
      const isRight = moments.some((moment) => {
        const reading = moment.readings.get(key);
        return reading?.value === value && isCovered(reading, moment);
      });
      demand(isRight, `written without being shown and agreed: ${key} = ${value}`);
    }
    if (known?.isCurrent && !isCurrent)
      demand(
        moments.some(({ readings }) => !readings.has(key)),
        `taken for an error while shown: ${key}`,
      );
  }
  for (const key of before.keys()) demand(after.has(key), `deleted: ${key}`);
}

/** What was shown and agreed all the time of a read that promised it is stored as it was shown. */
export function checkKept(
  after: Stored,
  moments: readonly Moment[],
  isPromised: (reading: Reading) => boolean,
): void {
  for (const reading of moments[0]?.readings.values() ?? []) {
    const isStable = moments.every(
      (moment) => moment.readings.get(reading.key)?.value === reading.value && isCovered(reading, moment),
    );
    if (isStable && isPromised(reading)) demandStored(after, reading);
  }
}

/** A complete read takes for an error only what the one before did not show either; sessions may be replaced at once. */
export function checkRetired(before: Stored, after: Stored, absent: ReadonlySet<string>): void {
  for (const [key, { isCurrent }] of after) {
    const isRetired = before.get(key)?.isCurrent === true && !isCurrent;
    const isSession = key.includes(' sleep ') || key.includes(' workout ');
    if (isRetired && !isSession) demand(absent.has(key), `taken for an error after one read: ${key}`);
  }
}

/** The database is the model: all that is shown and agreed is stored, and nothing else is current. */
export function checkSettled(stored: Stored, moment: Moment, now: number): void {
  const { readings, agreements } = moment;
  for (const reading of readings.values())
    if ((reading.end ?? reading.start) < now && isCovered(reading, moment)) demandStored(stored, reading);
  for (const [key, { isCurrent, code, start }] of stored) {
    const isRead = agreements.isAgreed(code) && start >= agreements.reach();
    if (isRead && !readings.has(key)) demand(!isCurrent, `current though it is gone: ${key}`);
  }
}

function demandStored(stored: Stored, { key, value }: Reading): void {
  const found = stored.get(key);
  demand(found !== undefined, `lost: ${key} = ${value}`);
  demand(found.isCurrent, `taken for an error: ${key}`);
  demand(found.value === value, `not corrected: ${key} is ${found.value}, shown is ${value}`);
}

function demand(isTrue: boolean, words: string): asserts isTrue {
  if (!isTrue) throw new Error(words.replace(/\d{13}/g, (time) => new Date(Number(time)).toISOString()));
}
