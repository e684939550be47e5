import fc from 'fast-check';
import { HALVES, MINUTE_MS, PROVIDERS, SERIES } from './kinds.js';
import type { ModelPatient } from './patient.js';
import type { Sample } from './shown.js';
import { anyChange, anyPoll, type Step } from './steps.js';

const BATCHES = 10;
const MINUTES = 90 * 24 * 60;
const SEED = 20_250_320;

const placed = fc.record({
  series: fc.constantFrom(...SERIES.filter((series) => series !== 'blood_pressure_diastolic')),
  provider: fc.constantFrom(...PROVIDERS),
  minutesAgo: fc.integer({ min: 1, max: MINUTES }),
  value: fc.integer({ min: 40, max: 180 }),
});

/** One patient agrees to everything and lives on, while ninety days of samples arrive in random order; tells how many. */
export async function liveThroughNinetyDays(patient: ModelPatient, samples: number): Promise<number> {
  const batchSize = Math.ceil(samples / BATCHES);
  const [first, second] = patient.person.studies;
  for (const study of [first, second])
    for (const code of study.codes) await patient.answer(study, code, true);
  let arrived = 0;
  let late: readonly Sample[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const placedNow = samplesOf(patient, batch, batchSize);
    patient.shown.show([...placedNow, ...late]);
    arrived += placedNow.length + late.length;
    late = placedNow.flatMap(otherHalf);
    for (const step of stepsOf(batch)) await step.run(patient);
    patient.pass(97);
    const study = batch % 2 === 0 ? first : second;
    const [code = ''] = study.codes;
    if (batch < 8) await patient.answer(study, code, !patient.agreements.stands(study, code));
    if (batch === 5) await patient.readBack();
  }
  patient.shown.show(late);
  return arrived + late.length;
}

function samplesOf({ now }: ModelPatient, batch: number, count: number): Sample[] {
  const minute = Math.floor(now / MINUTE_MS);
  return fc
    .sample(placed, { numRuns: count, seed: SEED + batch })
    .map(({ minutesAgo, ...rest }) => ({ ...rest, at: (minute - minutesAgo) * MINUTE_MS }));
}

/** The half of a blood pressure that comes with the batch after. */
function otherHalf(sample: Sample): Sample[] {
  const [systolic, diastolic] = HALVES;
  return sample.series === systolic ? [{ ...sample, series: diastolic, value: sample.value - 20 }] : [];
}

/** Corrections, deletions, nights and a poll, as in the short sequences. */
function stepsOf(batch: number): Step[] {
  const seed = SEED + batch;
  return [...fc.sample(anyChange, { numRuns: 40, seed }), ...fc.sample(anyPoll, { numRuns: 1, seed })];
}
