import fc from 'fast-check';
import { DAY_MS, HALVES, MINUTE_MS, PROVIDERS, SERIES, type Provider } from './kinds.js';
import { dateAt } from './local-days.js';
import type { ModelPatient } from './patient.js';
import type { Session } from './shown.js';

/** One thing that happens to a patient. */
export class Step implements fc.AsyncCommand<ModelPatient, object> {
  constructor(
    private readonly words: string,
    private readonly happen: (patient: ModelPatient) => Promise<void>,
  ) {}

  check(): boolean {
    return true;
  }

  async run(patient: ModelPatient): Promise<void> {
    await this.happen(patient);
  }

  toString(): string {
    return this.words;
  }
}

const GRID_MS = 10 * MINUTE_MS;
/** Sessions of two wearables start at different minutes. */
const minuteOf = (provider: Provider) => PROVIDERS.indexOf(provider) * MINUTE_MS;

const step = <Facts>(
  name: string,
  facts: fc.Arbitrary<Facts>,
  happen: (patient: ModelPatient, given: Facts) => unknown,
) =>
  facts.map(
    (given) =>
      new Step(`${name} ${JSON.stringify(given)}`, async (patient) => {
        await happen(patient, given);
      }),
  );

const provider = fc.constantFrom(...PROVIDERS);
const value = fc.integer({ min: 40, max: 180 });
/** Few enough to come back to what they were. */
const correctedValue = fc.constantFrom(60, 70);
const index = fc.nat(1000);
/** How long ago: within two days, or anywhere in a thousand parts of what the studies reach back to. */
const ago = fc.oneof(
  fc.record({ steps: fc.integer({ min: 1, max: 288 }) }),
  fc.record({ thousandths: fc.integer({ min: 1, max: 1050 }) }),
);
type Ago = typeof ago extends fc.Arbitrary<infer Value> ? Value : never;

function timeOf(patient: ModelPatient, given: Ago): number {
  const reach = patient.person.studies[0].historyDays * DAY_MS;
  const back = 'steps' in given ? given.steps * GRID_MS : (given.thousandths / 1000) * reach;
  return Math.floor((patient.now - back) / GRID_MS) * GRID_MS;
}

const daysAgo = fc.integer({ min: 0, max: 9 });
const midnightOf = (patient: ModelPatient, days: number) =>
  (Math.floor(patient.now / DAY_MS) - days) * DAY_MS;

const sample = fc.record({ series: fc.constantFrom(...SERIES), provider, ago, value });
const arrive = step(
  'samples arrive',
  fc.array(sample, { minLength: 5, maxLength: 50, size: 'max' }),
  (patient, samples) => {
    patient.shown.show(samples.map(({ ago: given, ...rest }) => ({ ...rest, at: timeOf(patient, given) })));
  },
);

const half = fc.record({ half: fc.constantFrom(0, 1, 2), provider, daysAgo, value });
const cuff = step('halves of a blood pressure arrive', half, (patient, given) => {
  const at = midnightOf(patient, given.daysAgo) + minuteOf(given.provider) - DAY_MS;
  const { provider: by, value: systolic } = given;
  const halves = HALVES.map((series) => ({ series, provider: by, at, value: systolic }));
  patient.shown.show(given.half === 2 ? halves : halves.slice(given.half, given.half + 1));
});

const several = fc.array(index, { minLength: 1, maxLength: 8, size: 'max' });
const pick = (patient: ModelPatient, indices: readonly number[]) =>
  indices.flatMap((at) => patient.shown.samples.at(at % Math.max(1, patient.shown.samples.length)) ?? []);

const correction = step(
  'samples are corrected',
  fc.record({ several, value: correctedValue }),
  (patient, given) => {
    patient.shown.show(pick(patient, given.several).map((found) => ({ ...found, value: given.value })));
  },
);

const deletion = step('samples vanish', several, (patient, given) => {
  patient.shown.hide(pick(patient, given));
});

const HOUR_MS = 60 * MINUTE_MS;
const shape = fc.constantFrom('whole', 'parts', 'none');
const night = step('a night is', fc.record({ provider, daysAgo, shape, value }), (patient, given) => {
  const start = midnightOf(patient, given.daysAgo) + minuteOf(given.provider) - 2 * HOUR_MS;
  sleep(patient, start, given);
});

/** Parts that become one, one that becomes parts, and nights that vanish. */
const reshaped = step('a known night is', fc.record({ index, shape, value }), (patient, given) => {
  const known = patient.shown.sessions.filter(({ kind }) => kind === 'sleeps');
  const found = known.at(given.index % Math.max(1, known.length));
  if (found === undefined) return;
  const isSecondPart = found.start % DAY_MS < 12 * HOUR_MS;
  const start = isSecondPart ? found.start - 3 * HOUR_MS : found.start;
  sleep(patient, start, { ...given, provider: found.provider });
});

/** Makes the night of eight hours that starts here whole, or two parts, or gone. */
function sleep(
  { shown, now }: ModelPatient,
  start: number,
  given: { provider: Provider; shape: 'whole' | 'parts' | 'none'; value: number },
): void {
  const [gap, end] = [start + 3 * HOUR_MS, start + 8 * HOUR_MS];
  if (end >= now) return;
  const session = (from: number, to: number): Session => ({
    ...{ kind: 'sleeps', provider: given.provider, start: from, end: to, figure: given.value * 60 },
  });
  for (const old of shown.sessions)
    if (old.kind === 'sleeps' && (old.start === start || old.start === gap)) shown.hideSession(old);
  const parts = {
    whole: [session(start, end)],
    parts: [session(start, gap - 1), session(gap, end)],
    none: [],
  };
  for (const part of parts[given.shape]) shown.showSession(part);
}

const workout = step(
  'a workout is',
  fc.record({ provider, daysAgo, isThere: fc.boolean(), value }),
  (patient, given) => {
    const start = midnightOf(patient, given.daysAgo) + minuteOf(given.provider) + 9 * HOUR_MS;
    const end = start + 30 * MINUTE_MS;
    if (end >= patient.now) return;
    const session = { kind: 'workouts', provider: given.provider, start, end, figure: given.value } as const;
    if (given.isThere) patient.shown.showSession(session);
    else patient.shown.hideSession(session);
  },
);

const total = step(
  'the total of a day is',
  fc.record({ daysAgo, steps: fc.integer({ min: 1, max: 20_000 }) }),
  (patient, given) => {
    patient.shown.showTotal(dateAt(patient.now - given.daysAgo * DAY_MS, 'UTC'), given.steps);
  },
);

const totalGone = step('the total of a day vanishes', index, ({ shown }, given) => {
  const date = shown.totals.at(given % Math.max(1, shown.totals.length));
  if (date !== undefined) shown.hideTotal(date);
});

const scope = fc.record({ study: fc.constantFrom(0, 1), code: fc.nat(4) });
type Scope = typeof scope extends fc.Arbitrary<infer Value> ? Value : never;

/** A yes becomes a no, anything else a yes. */
export async function answerAnew(patient: ModelPatient, given: Scope): Promise<void> {
  const study = patient.person.studies[given.study === 0 ? 0 : 1];
  const code = study.codes[given.code % study.codes.length];
  if (code !== undefined) await patient.answer(study, code, !patient.agreements.stands(study, code));
}

const answer = step('the patient changes an answer', scope, answerAnew);
const time = step('minutes pass', fc.constantFrom(15, 60, 360, 1440, 4320), (patient, minutes) => {
  patient.pass(minutes);
});
const poll = step('a poll', fc.constant(''), (patient) => patient.poll());
const readBack = step('a complete read', fc.constant(''), (patient) => patient.readBack());

const oneSample = sample.map((given) => [given]);
const meanwhile = fc.oneof(
  step('a sample arrives', oneSample, (patient, samples) => {
    patient.shown.show(samples.map(({ ago: given, ...rest }) => ({ ...rest, at: timeOf(patient, given) })));
  }),
  step('a sample is corrected', fc.record({ index, value: correctedValue }), (patient, given) => {
    patient.shown.show(pick(patient, [given.index]).map((found) => ({ ...found, value: given.value })));
  }),
  deletion,
  reshaped,
  answer,
);
const disturbed = fc
  .record({ page: fc.integer({ min: 1, max: 6 }), change: meanwhile })
  .map(
    ({ page, change }) =>
      new Step(`a poll, and before its page ${page} ${change.toString()}`, (patient) =>
        patient.poll(page, () => change.run(patient)),
      ),
  );
const broken = fc
  .record({ page: fc.integer({ min: 1, max: 6 }), change: meanwhile })
  .map(
    ({ page, change }) =>
      new Step(
        `a poll that breaks off at page ${page}, then ${change.toString()}, then its next attempt`,
        (patient) => patient.pollInTwo(page, () => change.run(patient)),
      ),
  );

const changes = [arrive, cuff, correction, deletion, night, reshaped, reshaped, workout, total, totalGone];
export const anyChange = fc.oneof(...changes);
export const anyPoll = fc.oneof(poll, disturbed, broken);
const done = [answer, time, time, poll, poll, poll, disturbed, broken, readBack];

/** Everything that may happen, in any order; what stands twice happens twice as often. */
export const anySteps = (maxCommands: number) =>
  fc.commands([...changes, ...done], { maxCommands, size: 'max' });

/** How a sequence begins: what is answered, and what was measured before. */
export const beginnings = fc.record({
  answers: fc.uniqueArray(scope, {
    ...{ minLength: 3, maxLength: 9, size: 'max' },
    selector: ({ study, code }) => study * 5 + code,
  }),
  isReadFirst: fc.boolean(),
  measured: fc.tuple(arrive, night, night, night, workout, total, total, cuff),
});
