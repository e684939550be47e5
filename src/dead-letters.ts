import type { ActivityDeps } from './activities/deps.js';
import { attemptJudge } from './activities/judge.js';
import { placeOf } from './dead-letter-place.js';
import { tryLetters, type Trial } from './dead-letter-trials.js';
import { isCorrected, standingOf, storeInFreePlaces, type Placed } from './db/dead-letter-places.js';
import * as db from './db/dead-letters.js';
import { findPatient, type Patient } from './db/patients.js';
import { NamedError } from './errors.js';
import type { LetterCounts } from './events.js';
import { isRejected } from './omh/convert.js';

type Deps = Pick<ActivityDeps, 'sql' | 'settings' | 'secretBox' | 'schemaChecks' | 'events'>;
type Ruling = Pick<db.Verdict, 'outcome' | 'reason' | 'detail'>;
type Family = Pick<db.DeadLetter, 'patientId' | 'dataType'> & { readonly ids: readonly number[] };

/** Letters retried in one go. */
const AT_ONCE = 100;
/** Letters of one patient and data type that are looked at together. */
const FAMILY = 1000;

/** What may be decided about samples that could not be converted; `by` is the account that decides. */
export type DeadLetters = ReturnType<typeof createDeadLetters>;

export function createDeadLetters({ sql, settings, secretBox, schemaChecks, events }: Deps) {
  const judge = attemptJudge({ settings, schemaChecks });
  return {
    /** The sample as it was read: health data. Who views it is recorded first. Throws NamedError `DeadLetterUnknown`. */
    async viewOriginal(id: number, by: number): Promise<unknown> {
      const viewed = await db.viewOriginal(sql, id, by);
      if (viewed === undefined)
        throw new NamedError('DeadLetterUnknown', 'there is no dead letter with this id');
      events.deadLetterViewed({ deadLetterId: id, by });
      return opened(viewed);
    },

    /**
     * Converts letters again and stores what works, as far as consents cover it today. It may stop anywhere and be
     * asked for again: what is stored is neither stored twice nor overwritten.
     */
    async *retry(selection: db.LetterSelection, by: number | null): AsyncGenerator<readonly db.Verdict[]> {
      let before: number | null = null;
      do {
        const waiting: db.WaitingLetter[] = await db.waitingLetters(sql, selection, before, AT_ONCE);
        for (const family of familiesOf(waiting)) yield await retryFamily(family, by);
        before = waiting.length < AT_ONCE ? null : (waiting.at(-1)?.id ?? null);
      } while (before !== null);
    },

    /** Discards open letters and answers which. One that is read again stays discarded and is only counted. */
    async discard(ids: readonly number[], note: string, by: number | null): Promise<readonly number[]> {
      const discarded = await db.discardLetters(sql, ids, note, by);
      if (discarded.length > 0) events.deadLettersDiscarded({ deadLetterIds: discarded, by });
      return discarded;
    },
  };

  function opened({ patientId, original }: Pick<db.SealedLetter, 'patientId' | 'original'>): unknown {
    return JSON.parse(secretBox.open(`dead-letter/${patientId}`, original));
  }

  async function retryFamily({ ids, ...family }: Family, by: number | null): Promise<db.Verdict[]> {
    const patient = await findPatient(sql, family.patientId);
    if (patient === undefined) throw new NamedError('PatientUnknown', 'there is no patient with this id');
    const sealed = await db.letterFamily(sql, family, ids, FAMILY);
    const letters = sealed.map((letter) => ({ ...letter, record: opened(letter) }));
    const states = new Map(letters.map(({ id, state }) => [id, state]));
    const verdicts: db.Verdict[] = [];
    for (const trial of concerning(ids, await judged(tryLetters(letters, patient)))) {
      const ruling = await rule(trial, patient);
      for (const { id } of trial.letters) verdicts.push({ id, ...ruling, state: states.get(id) ?? 'open' });
    }
    await db.settleLetters(sql, verdicts, by);
    events.deadLettersRetried({ patientId: patient.id, ...countsOf(verdicts) });
    return verdicts;
  }

  async function judged(trials: readonly Trial[]): Promise<Trial[]> {
    const attempts = await judge(trials.flatMap((trial) => trial.attempts));
    let next = 0;
    return trials.map((trial) => ({
      ...trial,
      attempts: attempts.slice(next, (next += trial.attempts.length)),
    }));
  }

  async function rule(trial: Trial, patient: Patient): Promise<Ruling> {
    const { attempts, awaited, identifierSystem } = trial;
    const measurements = attempts.flatMap(({ outcome }) => (isRejected(outcome) ? [] : outcome));
    const old = { patientId: patient.id, identifierSystem };
    const placed = await storeInFreePlaces(sql, { ...old, measurements });
    const refusal = attempts.map(({ outcome }) => outcome).find(isRejected);
    if (refusal !== undefined) {
      const { reason, detail } = refusal;
      return (await isMended(trial, patient)) ? ruled('unchanged') : { outcome: 'rejected', reason, detail };
    }
    if (awaited === undefined) return ruled(outcomeOf(placed));
    const [standing] = await standingOf(sql, { ...old, measurements: [awaited] });
    return ruled(standing === 'same' ? 'unchanged' : 'held');
  }

  /** Whether the sample was corrected at its source and read since. */
  async function isMended({ letters: [letter] }: Trial, { timeZone }: Patient): Promise<boolean> {
    if (letter === undefined) return false;
    const place = placeOf(letter, timeZone);
    return place !== undefined && (await isCorrected(sql, letter.id, place));
  }
}

function familiesOf(waiting: readonly db.WaitingLetter[]): Family[] {
  const families = new Map<string, Family>();
  for (const { id, patientId, dataType } of waiting) {
    const name = `${patientId} ${dataType}`;
    const ids = families.get(name)?.ids ?? [];
    families.set(name, { patientId, dataType, ids: [...ids, id] });
  }
  return [...families.values()];
}

/** Those trials that decide about these letters, or about others of the same samples. */
function concerning(ids: readonly number[], trials: readonly Trial[]): Trial[] {
  const asked = new Set(ids);
  const isAsked = ({ letters }: Trial) => letters.some(({ id }) => asked.has(id));
  const identifiers = new Set(trials.filter(isAsked).flatMap(identifiersOf));
  return trials.filter(
    (trial) => isAsked(trial) || identifiersOf(trial).some((each) => identifiers.has(each)),
  );
}

function identifiersOf({ attempts }: Trial): string[] {
  return attempts.flatMap(({ outcome }) => (isRejected(outcome) ? [] : outcome.identifier));
}

function outcomeOf({ created, unchanged, held, withheld }: Placed): db.LetterOutcome {
  if (created > 0) return 'created';
  if (unchanged > 0) return 'unchanged';
  if (held > 0) return 'held';
  return withheld > 0 ? 'withheld' : 'unchanged';
}

function ruled(outcome: db.LetterOutcome): Ruling {
  return { outcome, reason: null, detail: null };
}

/** How many letters ended in each way. */
export function countsOf(verdicts: readonly db.Verdict[]): LetterCounts {
  const counts = { created: 0, unchanged: 0, rejected: 0, withheld: 0, held: 0 };
  for (const { outcome } of verdicts) counts[outcome] += 1;
  return counts;
}

export function addCounts(one: LetterCounts, other: LetterCounts): LetterCounts {
  return {
    created: one.created + other.created,
    unchanged: one.unchanged + other.unchanged,
    rejected: one.rejected + other.rejected,
    withheld: one.withheld + other.withheld,
    held: one.held + other.held,
  };
}
