import { createHash } from 'node:crypto';
import type { Coverage, Refusal } from '../db/pages.js';
import { convertSample, isRejected } from '../omh/convert.js';
import { isFields, textOrNull } from '../omh/fields.js';
import type { Measurement, Rejected } from '../omh/measurement.js';
import { dataTypesOfSeries } from '../omh/registry.js';
import { orRejected } from '../omh/rejection.js';
import { at, compareInstants, instantToUtc } from '../omh/time-frame.js';
import type { SecretBox } from '../secret-box.js';

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
    const ofSeries = samples.filter((sample) => seriesOf(sample) === name);
    const last =
      ofSeries
        .flatMap((sample) => timeOf(sample, window))
        .sort()
        .at(-1) ?? null;
    if (isLast) return [{ series: name, from: window.from, to: window.to, last }];
    return last === null ? [] : [{ series: name, from: window.from, to: last, last }];
  });
}

function seriesOf(sample: unknown): string {
  const type = isFields(sample) ? orRejected(() => textOrNull(sample, 'type')) : null;
  return typeof type === 'string' ? type : 'unknown';
}

/** The recorded time in UTC, by the converters' own reading; none when it is no time, or not one that was asked for. */
function timeOf(sample: unknown, { from, to }: ReadWindow): string[] {
  const time = isFields(sample) ? orRejected(() => at(sample['timestamp'], 'timestamp')) : null;
  if (typeof time !== 'string') return [];
  const isAsked = compareInstants(time, at(from, 'from')) >= 0 && compareInstants(time, at(to, 'to')) < 0;
  return isAsked ? [instantToUtc(time).utc] : [];
}
