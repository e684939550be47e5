import type { ObservationSource } from '../../src/fhir/observation.js';
import { toRow } from '../../src/db/observation-rows.js';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import type { Measurement } from '../../src/omh/measurement.js';
import { pairBloodPressure } from '../../src/omh/pair-blood-pressure.js';
import { dataTypeNamed } from '../../src/omh/registry.js';
import { convertSleepHeartRates } from '../../src/omh/convert-sleep-heart-rates.js';
import { BEYOND } from '../omh/beyond.js';
import { subject } from '../omh/world.js';
import { type PairingCase, readVectors, readVectorFiles } from '../../dev/golden-vectors.js';
import { workedExamples } from '../omh/worked-examples.js';

/** A stored row of a measurement, as a search reads it. */
export function rowOf(measurement: Measurement): ObservationSource {
  const row = toRow(measurement);
  return {
    ...{
      id: 60001,
      patientId: 40001,
      userId: 10006,
      dataSourceId: 70004,
      dataSourceName: 'Oura',
      status: 'final',
    },
    ...{ system: row.system, code: row.code, display: dataTypeNamed(measurement.dataType).coding.display },
    ...{ dataType: row.data_type, identifierSystem: 'ow:normalized', identifier: row.identifier },
    ...{ startUtc: microseconds(row.effective_start), startOffset: row.start_offset },
    endUtc: row.effective_end === null ? null : microseconds(row.effective_end),
    ...{ endOffset: row.end_offset, value: row.value, details: row.details, datasheet: row.datasheet },
    updatedUtc: '2026-11-21T21:36:39.544174Z',
    posted: null,
  };
}

/** As Postgres writes it: always six digits. */
function microseconds(utc: string): string {
  const [, whole = '', fraction = ''] = /^([^.Z]*)(?:\.(\d+))?Z$/.exec(utc) ?? [];
  return `${whole}.${fraction.padEnd(6, '0')}Z`;
}

const SLEEP_RATES = /^sleep heart_rate/;
const examples = (['ow_normalized', 'oura_raw'] as const).flatMap((source) =>
  readVectors(`beyond.${source}.json`).cases.map((each) => ({ source, ...each })),
);
const samples = [
  ...readVectorFiles().flatMap(({ type, source, cases }) => cases.map((each) => ({ type, source, ...each }))),
  ...examples.map((each) => ({ type: BEYOND[each.name] ?? '', ...each })),
].map(({ options, ...each }) => ({ ...each, timeZone: options.tz ?? null }));
const nights = examples
  .filter(({ name }) => SLEEP_RATES.test(name))
  .flatMap(({ input }) => convertSleepHeartRates(input, { subject, timeZone: null }))
  .flatMap((outcome) => (isRejected(outcome) ? [] : [outcome]));

const paired = readVectors<PairingCase>('blood_pressure.ow_normalized.json').cases.flatMap(({ input }) =>
  pairBloodPressure(input, { subject, timeZone: null }).readings.map(({ measurement }) => measurement),
);

/** What every sample of the vectors and examples becomes, in every data type. */
export const rows: readonly ObservationSource[] = [
  ...[...samples, ...workedExamples].flatMap(({ type, source, input, timeZone }) => {
    const outcome = convertSample(type, source, input, { subject, timeZone });
    return isRejected(outcome) ? [] : [outcome];
  }),
  ...nights,
  ...paired,
].map(rowOf);
