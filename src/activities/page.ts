import { DIASTOLIC, SYSTOLIC } from '../omh/blood-pressure.js';
import { convertSample, isRejected } from '../omh/convert.js';
import type { DataType } from '../omh/data-type.js';
import { isFields, textOrNull } from '../omh/fields.js';
import type { Measurement, Rejected } from '../omh/measurement.js';
import { pairBloodPressure } from '../omh/pair-blood-pressure.js';
import { dataTypesOfSeries, seriesOf } from '../omh/registry.js';
import { orRejected, rejected } from '../omh/rejection.js';
import { instantToUtc } from '../omh/time-frame.js';

export interface Subject {
  readonly id: number;
  readonly reference: string;
  readonly timeZone: string;
}

/** What one data type made of one record; `rows` is how many rows of Open Wearables it took. */
export interface Attempt {
  readonly dataType: string;
  /** The series or endpoint it was read from. */
  readonly feed: string;
  readonly record: unknown;
  readonly rows: number;
  readonly outcome: Measurement | Rejected;
}

export interface ConvertedPage {
  readonly attempts: readonly Attempt[];
  /** Halves of a blood pressure that wait for their partner. */
  readonly held: readonly unknown[];
}

const BLOOD_PRESSURE_SERIES = [SYSTOLIC, DIASTOLIC];

/**
 * Converts the samples of a page, each on its own: one that cannot be converted moves no other. Halves of a blood
 * pressure that the page before held are paired with those of this one.
 */
export function convertSamples(
  samples: readonly unknown[],
  patient: Subject,
  dataTypes: readonly DataType[],
  heldBefore: readonly unknown[] = [],
): ConvertedPage {
  const typesOf = new Map<string, readonly DataType[]>();
  const attempts: Attempt[] = [];
  const halves = [...heldBefore];
  for (const sample of samples) {
    const name = nameOf(sample);
    if (BLOOD_PRESSURE_SERIES.includes(name)) {
      halves.push(sample);
      continue;
    }
    const types = typesOf.get(name) ?? typesFor(name, dataTypes);
    typesOf.set(name, types);
    attempts.push(...attemptAll(sample, name, types, patient));
  }
  if (halves.length === 0) return { attempts, held: [] };
  const paired = pairHalves(halves, patient);
  return { attempts: [...attempts, ...paired.attempts], held: paired.held };
}

/** Converts sessions or daily totals: each feeds every data type that is made of its endpoint. */
export function convertRecords(
  records: readonly unknown[],
  endpoint: string,
  patient: Subject,
  dataTypes: readonly DataType[],
): ConvertedPage {
  const attempts = records.flatMap((record) => attemptAll(record, endpoint, dataTypes, patient));
  return { attempts, held: [] };
}

/** A series that nobody asked for is converted all the same, so that it is counted: no consent covers it. */
function typesFor(series: string, wanted: readonly DataType[]): readonly DataType[] {
  const own = wanted.filter((type) => seriesOf(type).includes(series));
  return own.length > 0 ? own : dataTypesOfSeries(series).slice(0, 1);
}

function attemptAll(record: unknown, feed: string, types: readonly DataType[], patient: Subject): Attempt[] {
  const context = { subject: patient.reference, timeZone: patient.timeZone };
  if (types.length === 0)
    return [{ dataType: 'unknown', feed, record, rows: 1, outcome: unknownSeries(record) }];
  return types.map(({ name }) => {
    const outcome = convertSample(name, 'ow_normalized', record, context);
    return { dataType: name, feed, record, rows: 1, outcome };
  });
}

/** The series tells what a sample measured: one that names none is never taken for any. */
function unknownSeries(record: unknown): Rejected {
  return isFields(record) ? rejected('unknown-series', 'type') : rejected('not-an-object', 'sample');
}

function pairHalves(halves: readonly unknown[], { reference, timeZone }: Subject): ConvertedPage {
  const paired = pairBloodPressure(halves, { subject: reference, timeZone });
  const dataType = 'blood_pressure';
  const readings = paired.readings.map(({ measurement, samples }) => {
    const record = samples.map((index) => halves[index]);
    return { dataType, feed: dataType, record, rows: samples.length, outcome: measurement };
  });
  const refused = paired.rejected.map(({ index, outcome }) => {
    const record = halves[index];
    return { dataType, feed: nameOf(record), record, rows: 1, outcome };
  });
  return { attempts: [...readings, ...refused], held: paired.heldBack.map((index) => halves[index]) };
}

/** The series a sample names; `unknown` when it names none. */
export function nameOf(sample: unknown): string {
  const type = isFields(sample) ? orRejected(() => textOrNull(sample, 'type')) : null;
  return typeof type === 'string' ? type : 'unknown';
}

/** When a measurement begins, in UTC; undefined for a record that could not be read. */
export function beginOf({ outcome }: Attempt): string | undefined {
  return isRejected(outcome) ? undefined : instantToUtc(outcome.start).utc;
}
