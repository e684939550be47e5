import { createHash } from 'node:crypto';
import type { Coverage, Refusal } from '../db/pages.js';
import { convertSample, isRejected } from '../omh/convert.js';
import type { Measurement, Rejected } from '../omh/measurement.js';
import type { SecretBox } from '../secret-box.js';
import { dataTypesOfSeries } from '../omh/registry.js';

/** Inclusive start and exclusive end of recorded time, ISO 8601. */
export interface ReadWindow {
  readonly from: string;
  readonly to: string;
}

interface Subject {
  readonly id: number;
  readonly reference: string;
  readonly timeZone: string;
}

/** Converts each sample on its own: one that cannot be converted is refused with its reason and moves no other. */
export function convertPage(
  samples: readonly unknown[],
  patient: Subject,
  box: SecretBox,
): { measurements: Measurement[]; refusals: Refusal[] } {
  const measurements = new Map<string, Measurement>();
  const refusals = new Map<string, Refusal>();
  for (const sample of samples) {
    const outcome = convert(sample, patient);
    if (isRejected(outcome)) {
      const refusal = refuse(sample, outcome, patient.id, box);
      refusals.set(refusal.fingerprint.toString('hex'), refusal);
    } else {
      measurements.set(outcome.identifier, outcome);
    }
  }
  return { measurements: [...measurements.values()], refusals: [...refusals.values()] };
}

function convert(sample: unknown, { reference, timeZone }: Subject): Measurement | Rejected {
  const [dataType] = dataTypesOfSeries(seriesOf(sample));
  return convertSample(dataType?.name ?? 'heart_rate', 'ow_normalized', sample, {
    subject: reference,
    timeZone,
  });
}

function refuse(sample: unknown, { reason, detail }: Rejected, patientId: number, box: SecretBox): Refusal {
  const original = JSON.stringify(sample);
  return {
    series: seriesOf(sample),
    reason,
    detail,
    fingerprint: createHash('sha256').update(original).digest(),
    original: box.seal(`dead-letter/${patientId}`, original),
  };
}

/**
 * What a page proves, series by series: up to its own newest sample, since other series may still be on their way;
 * the last page proves the whole window.
 */
export function coverageOf(
  samples: readonly unknown[],
  series: readonly string[],
  window: ReadWindow,
  isLast: boolean,
): Coverage[] {
  return series.flatMap((name) => {
    const times = samples.filter((sample) => seriesOf(sample) === name).flatMap(timeOf);
    const last = times.reduce<string | null>(
      (newest, time) => (newest === null || isLater(time, newest) ? time : newest),
      null,
    );
    if (isLast) return [{ series: name, from: window.from, to: window.to, last }];
    return last === null ? [] : [{ series: name, from: window.from, to: last, last }];
  });
}

function seriesOf(sample: unknown): string {
  const type: unknown =
    typeof sample === 'object' && sample !== null ? Reflect.get(sample, 'type') : undefined;
  return typeof type === 'string' ? type : 'unknown';
}

function timeOf(sample: unknown): string[] {
  const time: unknown =
    typeof sample === 'object' && sample !== null ? Reflect.get(sample, 'timestamp') : undefined;
  return typeof time === 'string' && !Number.isNaN(Date.parse(time)) ? [time] : [];
}

function isLater(a: string, b: string): boolean {
  return Date.parse(a) > Date.parse(b) || (Date.parse(a) === Date.parse(b) && a > b);
}
