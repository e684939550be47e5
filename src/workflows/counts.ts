import type { Counts, PatientOutcome, PollPatientResult, Tally } from './contract.js';

export const NO_COUNTS: Counts = {
  seen: 0,
  created: 0,
  amended: 0,
  unchanged: 0,
  rejected: 0,
  withheld: 0,
  held: 0,
  retired: 0,
};

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    seen: a.seen + b.seen,
    created: a.created + b.created,
    amended: a.amended + b.amended,
    unchanged: a.unchanged + b.unchanged,
    rejected: a.rejected + b.rejected,
    withheld: a.withheld + b.withheld,
    held: a.held + b.held,
    retired: a.retired + b.retired,
  };
}

export const EMPTY_TALLY: Tally = {
  ...NO_COUNTS,
  patients: {
    'new data': 0,
    'nothing new': 0,
    'could not read': 0,
    'not consented': 0,
    'not connected': 0,
    'in flight': 0,
  },
};

/** One more patient in the tally. */
export function tallyPatient(tally: Tally, result: PollPatientResult | 'in flight'): Tally {
  const outcome: PatientOutcome | 'in flight' = result === 'in flight' ? result : result.outcome;
  const counts = result === 'in flight' ? tally : addCounts(tally, result);
  return { ...counts, patients: { ...tally.patients, [outcome]: tally.patients[outcome] + 1 } };
}

export function addTallies(a: Tally, b: Tally): Tally {
  const patients = { ...a.patients };
  for (const outcome of Object.keys(patients) as (keyof Tally['patients'])[])
    patients[outcome] += b.patients[outcome];
  return { ...addCounts(a, b), patients };
}
