import { bloodPressure, DIASTOLIC, SYSTOLIC } from './blood-pressure.js';
import { isRejected } from './convert.js';
import type { ConversionContext, Reading } from './data-type.js';
import { isFields } from './fields.js';
import { measure } from './measure.js';
import type { Measurement, Rejected } from './measurement.js';
import { orRejected, rejected } from './rejection.js';
import { fromSeries, seriesKey } from './series.js';
import { compareInstants } from './time-frame.js';

/** One reading, and the positions of the samples it was made from. */
export interface PairedReading {
  readonly measurement: Measurement;
  readonly samples: readonly number[];
}

/** Every sample is in exactly one of the three, by its position. */
export interface Pairing {
  /** Ordered by instant, then by the first appearance of a half. */
  readonly readings: readonly PairedReading[];
  /** Halves without a partner: neither emitted nor an error, their partner may come later. */
  readonly heldBack: readonly number[];
  readonly rejected: readonly { readonly index: number; readonly outcome: Rejected }[];
}

/** The halves of one subject, provider, source, device and instant. */
interface Halves {
  readonly samples: number[];
  systolic?: Reading;
  diastolic?: Reading;
}

const readHalf = fromSeries({ [SYSTOLIC]: null, [DIASTOLIC]: null });

/**
 * Pairs samples of the systolic and diastolic series of `GET /timeseries`. Two halves are one reading when provider,
 * source, device and instant (the same microsecond in UTC) are equal; never by nearness in time. A half that
 * comes twice counts in its later form. The frame and the datasheet are those of the systolic half.
 */
export function pairBloodPressure(samples: readonly unknown[], context: ConversionContext): Pairing {
  const byKey = new Map<string, Halves>();
  const failures: { index: number; outcome: Rejected }[] = [];
  samples.forEach((sample, index) => {
    const half = halfOf(sample, context);
    if (isRejected(half)) failures.push({ index, outcome: half });
    else place(byKey, half, index);
  });
  return { ...split([...byKey.values()], context), rejected: failures };
}

function halfOf(sample: unknown, context: ConversionContext): Reading | Rejected {
  if (!isFields(sample)) return rejected('not-an-object', 'sample');
  const type = sample['type'];
  // The series tells which half it is: unlike other samples, a half cannot do without.
  if (type !== SYSTOLIC && type !== DIASTOLIC) return rejected('unknown-series', 'type');
  return orRejected(() => readHalf(sample, context));
}

function place(byKey: Map<string, Halves>, half: Reading, index: number): void {
  const key = JSON.stringify(recordKey(half));
  const halves = byKey.get(key) ?? { samples: [] };
  byKey.set(key, halves);
  halves.samples.push(index);
  if (half.origin.series === SYSTOLIC) halves.systolic = half;
  else halves.diastolic = half;
}

/** The record key of the reading a half belongs to: that of a time series `blood_pressure`. */
function recordKey(half: Reading): readonly string[] {
  return seriesKey({ ...half.origin, series: bloodPressure.name }, half.frame.start);
}

function split(
  all: readonly Halves[],
  { subject }: ConversionContext,
): Pick<Pairing, 'readings' | 'heldBack'> {
  const readings: PairedReading[] = [];
  const heldBack: number[] = [];
  for (const { samples, systolic, diastolic } of all) {
    if (systolic === undefined || diastolic === undefined) heldBack.push(...samples);
    else readings.push({ measurement: join(systolic, diastolic, subject), samples });
  }
  readings.sort((one, other) => compareInstants(one.measurement.start, other.measurement.start));
  return { readings, heldBack: heldBack.sort((one, other) => one - other) };
}

function join(systolic: Reading, diastolic: Reading, subject: string): Measurement {
  const details = {
    systolic_blood_pressure: { value: systolic.value, unit: 'mmHg' },
    diastolic_blood_pressure: { value: diastolic.value, unit: 'mmHg' },
  };
  const origin = { ...systolic.origin, series: bloodPressure.name };
  const reading = { ...systolic, value: null, details, origin, key: recordKey(systolic) };
  return measure(bloodPressure, 'ow_normalized', reading, subject);
}
