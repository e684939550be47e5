import fc from 'fast-check';
import { z } from 'zod';

/** The servers between which and us the network may fail. */
export const LINKS = ['ow', 'postgres', 's3', 'temporal'] as const;
export type LinkName = (typeof LINKS)[number];
export const PROCESSES = ['worker 1', 'worker 2', 'api'] as const;
export type ProcessName = (typeof PROCESSES)[number];
export const SERIES = ['heart_rate', 'oxygen_saturation'] as const;
export type Series = (typeof SERIES)[number];

const bytes = z.int().min(0);
const ms = z.int().min(0);
const fault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('latency'), ms }),
  z.object({ kind: z.literal('reset'), afterBytes: bytes }),
  z.object({ kind: z.literal('truncate'), afterBytes: bytes }),
  z.object({ kind: z.literal('stall') }),
  z.object({ kind: z.literal('refuse') }),
  z.object({ kind: z.literal('drip'), bytes, everyMs: ms }),
]);
const whose = z.int().min(0);
const step = z.discriminatedUnion('do', [
  /** The link is like this until another fault takes its place, or the round ends. */
  z.object({ do: z.literal('fault'), link: z.enum(LINKS), fault: fault.nullable() }),
  z.object({ do: z.literal('kill'), process: z.enum(PROCESSES) }),
  z.object({ do: z.literal('stop'), process: z.enum(PROCESSES) }),
  z.object({ do: z.literal('start'), process: z.enum(PROCESSES) }),
  /** `500 text/plain` for the next so many requests. */
  z.object({ do: z.literal('upstream fails'), times: z.int().min(1) }),
  /** Open Wearables cannot read one type of data; its runs say success. */
  z.object({ do: z.literal('type missing'), isMissing: z.boolean() }),
  /** A history run, and live syncs beside it, which vanish. */
  z.object({ do: z.literal('upstream syncs'), patient: whose, days: z.int().min(1) }),
  z.object({ do: z.literal('consent'), patient: whose, series: z.enum(SERIES), isAgreed: z.boolean() }),
  z.object({
    ...{ do: z.literal('samples'), patient: whose, series: z.enum(SERIES) },
    ...{ minutesAgo: z.int().min(0), count: z.int().min(1), isReadable: z.boolean() },
  }),
  z.object({ do: z.literal('correction'), patient: whose, nth: z.int().min(0), value: z.int() }),
  z.object({ do: z.literal('pass'), ms }),
  z.object({ do: z.literal('poll') }),
  z.object({ do: z.literal('nudge'), patient: whose }),
  z.object({ do: z.literal('backfill'), patient: whose, days: z.int().min(1) }),
  z.object({ do: z.literal('steer'), patient: whose, signal: z.enum(['pause', 'resume']) }),
]);
export const scriptShape = z.object({
  mode: z.enum(['normalized', 'raw']),
  patients: z.int().min(1).max(4),
  steps: z.array(step),
});

export type Step = z.infer<typeof step>;
/** What happens in a round: plain JSON, so that it can be printed, kept and played again. */
export type Script = z.infer<typeof scriptShape>;

const PATIENTS = 2;
/** A study reaches back five days; some samples are older. */
const MOST_MINUTES_AGO = 8 * 1440;

const anyProcess = fc.constantFrom(...PROCESSES);
const patient = fc.nat(PATIENTS - 1);
const series = fc.constantFrom(...SERIES);
const samples = fc.record({
  ...{ patient, series },
  minutesAgo: fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: MOST_MINUTES_AGO })),
  count: fc.constantFrom(1, 20, 150),
  isReadable: fc.constantFrom(true, true, true, true, false),
});
/** A few are cut at once, most within a page or a row of them. */
const anyBytes = fc.constantFrom(0, 1, 60, 700, 5_000, 40_000);
const anyFault: fc.Arbitrary<z.infer<typeof fault>> = fc.oneof(
  fc.record({ kind: fc.constant('latency' as const), ms: fc.constantFrom(5, 50, 200) }),
  fc.record({ kind: fc.constant('reset' as const), afterBytes: anyBytes }),
  fc.record({ kind: fc.constant('truncate' as const), afterBytes: anyBytes }),
  fc.constant({ kind: 'stall' as const }),
  fc.constant({ kind: 'refuse' as const }),
  fc.record({
    ...{
      kind: fc.constant('drip' as const),
      bytes: fc.constantFrom(16, 200),
      everyMs: fc.constantFrom(5, 20),
    },
  }),
);

const a = <const Name extends Step['do'], Facts extends object>(name: Name, facts: fc.Arbitrary<Facts>) =>
  facts.map((given) => ({ do: name, ...given }));

/** One of several steps, some of them more often. */
const oneOf = (
  ...steps: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Step> }[]
): fc.Arbitrary<Step> => fc.oneof(...steps);

const change = oneOf(
  { weight: 4, arbitrary: a('samples', samples) },
  {
    weight: 2,
    arbitrary: a('correction', fc.record({ patient, nth: fc.nat(1000), value: fc.constantFrom(61, 71) })),
  },
  { weight: 2, arbitrary: a('consent', fc.record({ patient, series, isAgreed: fc.boolean() })) },
);
const work = oneOf(
  { weight: 4, arbitrary: a('poll', fc.constant({})) },
  { weight: 3, arbitrary: a('backfill', fc.record({ patient, days: fc.integer({ min: 1, max: 5 }) })) },
  { weight: 1, arbitrary: a('nudge', fc.record({ patient })) },
  { weight: 1, arbitrary: a('steer', fc.record({ patient, signal: fc.constantFrom('pause', 'resume') })) },
);
/** Trouble in a mode: what does not use S3 is not troubled by it. */
const troubleIn = (mode: Script['mode']): fc.Arbitrary<Step> => {
  const link = fc.constantFrom(
    ...(mode === 'raw' ? [...LINKS, 's3' as const] : LINKS.filter((name) => name !== 's3')),
  );
  return oneOf(
    { weight: 8, arbitrary: a('fault', fc.record({ link, fault: anyFault })) },
    { weight: 2, arbitrary: a('kill', fc.record({ process: anyProcess })) },
    { weight: 1, arbitrary: a('stop', fc.record({ process: anyProcess })) },
    { weight: 2, arbitrary: a('upstream fails', fc.record({ times: fc.integer({ min: 1, max: 4 }) })) },
    { weight: 1, arbitrary: a('type missing', fc.record({ isMissing: fc.boolean() })) },
    {
      weight: 1,
      arbitrary: a('upstream syncs', fc.record({ patient, days: fc.integer({ min: 1, max: 3 }) })),
    },
  );
};
const mending = oneOf(
  {
    weight: 1,
    arbitrary: a('fault', fc.record({ link: fc.constantFrom(...LINKS), fault: fc.constant(null) })),
  },
  { weight: 1, arbitrary: a('start', fc.record({ process: anyProcess })) },
);
const pass = (...ms: readonly number[]): fc.Arbitrary<Step> =>
  a('pass', fc.record({ ms: fc.constantFrom(...ms) }));

/** Something is new and is being read when trouble comes; each part may be missing, so that a script can shrink. */
function sceneIn(mode: Script['mode']): fc.Arbitrary<Step[]> {
  const trouble = troubleIn(mode);
  const then = fc.oneof(change, work, trouble, mending);
  const usual = mostOf(change, work, pass(20, 100, 400), trouble, pass(100, 400, 1500), then);
  return fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: interval });
}

function mostOf(...parts: readonly fc.Arbitrary<Step>[]): fc.Arbitrary<Step[]> {
  return fc
    .tuple(...parts.map((part) => fc.option(part, { freq: 9 })))
    .map((drawn) => drawn.filter((step) => step !== null));
}

/** Something is measured between the end of an agreement and the next one: it stays out for good. */
const interval: fc.Arbitrary<Step[]> = fc
  .record({ patient, series })
  .chain((whose) =>
    mostOf(
      fc.constant({ do: 'consent', ...whose, isAgreed: false }),
      pass(400),
      fc.constant({ do: 'samples', ...whose, minutesAgo: 0, count: 2, isReadable: true }),
      pass(100, 400),
      fc.constant({ do: 'consent', ...whose, isAgreed: true }),
      work,
    ),
  );

const scriptIn = (mode: Script['mode']): fc.Arbitrary<Script> =>
  fc.record({
    mode: fc.constant(mode),
    patients: fc.constant(PATIENTS),
    steps: fc
      .array(sceneIn(mode), { minLength: 2, maxLength: 4, size: 'max' })
      .map((scenes) => scenes.flat()),
  });

/** Any round; raw payloads are one in four. */
const anyScript: fc.Arbitrary<Script> = fc.oneof(
  { weight: 3, arbitrary: scriptIn('normalized') },
  { weight: 1, arbitrary: scriptIn('raw') },
);

/** The script of a seed: always the same. */
export function scriptOf(seed: number): Script {
  const [script] = fc.sample(anyScript, { seed, numRuns: 1 });
  if (script === undefined) throw new Error('no script was drawn');
  return script;
}

/** Shrinks the script of a seed that does not hold; undefined when it holds after all. */
export async function shortestOf(
  seed: number,
  minutes: number,
  holds: (script: Script) => Promise<boolean>,
): Promise<{ shortest: Script | undefined; steps: number }> {
  const { counterexample, numShrinks } = await fc.check(fc.asyncProperty(anyScript, holds), {
    ...{ seed, numRuns: 1, interruptAfterTimeLimit: minutes * 60_000, markInterruptAsFailure: true },
  });
  return { shortest: counterexample?.[0], steps: numShrinks };
}

/** A step in one line. */
export function told({ do: what, ...facts }: Step): string {
  return `${what} ${JSON.stringify(facts)}`;
}
