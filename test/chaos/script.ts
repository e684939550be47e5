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

const anyLink = fc.constantFrom(...LINKS);
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

/** Each kind of step, and how often it is drawn among the others. */
const kinds: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Step> }[] = [
  { weight: 5, arbitrary: a('fault', fc.record({ link: anyLink, fault: anyFault })) },
  { weight: 2, arbitrary: a('fault', fc.record({ link: anyLink, fault: fc.constant(null) })) },
  { weight: 1, arbitrary: a('kill', fc.record({ process: anyProcess })) },
  { weight: 1, arbitrary: a('stop', fc.record({ process: anyProcess })) },
  { weight: 1, arbitrary: a('start', fc.record({ process: anyProcess })) },
  { weight: 1, arbitrary: a('upstream fails', fc.record({ times: fc.integer({ min: 1, max: 4 }) })) },
  { weight: 1, arbitrary: a('type missing', fc.record({ isMissing: fc.boolean() })) },
  { weight: 1, arbitrary: a('upstream syncs', fc.record({ patient, days: fc.integer({ min: 1, max: 3 }) })) },
  { weight: 3, arbitrary: a('consent', fc.record({ patient, series, isAgreed: fc.boolean() })) },
  { weight: 5, arbitrary: a('samples', samples) },
  {
    weight: 2,
    arbitrary: a('correction', fc.record({ patient, nth: fc.nat(1000), value: fc.constantFrom(61, 71) })),
  },
  { weight: 5, arbitrary: a('pass', fc.record({ ms: fc.constantFrom(50, 250, 800, 1500) })) },
  { weight: 4, arbitrary: a('poll', fc.constant({})) },
  { weight: 1, arbitrary: a('nudge', fc.record({ patient })) },
  { weight: 2, arbitrary: a('backfill', fc.record({ patient, days: fc.integer({ min: 1, max: 5 }) })) },
  { weight: 1, arbitrary: a('steer', fc.record({ patient, signal: fc.constantFrom('pause', 'resume') })) },
];

/** Any round; raw payloads are one in four. */
export const anyScript: fc.Arbitrary<Script> = fc.record({
  mode: fc.constantFrom('normalized', 'normalized', 'normalized', 'raw'),
  patients: fc.constant(PATIENTS),
  steps: fc.array(fc.oneof(...kinds), { minLength: 8, maxLength: 24, size: 'max' }),
});

/** The script of a seed: always the same. */
export function scriptOf(seed: number): Script {
  const [script] = fc.sample(anyScript, { seed, numRuns: 1 });
  if (script === undefined) throw new Error('no script was drawn');
  return script;
}

/** A step in one line. */
export function told({ do: what, ...facts }: Step): string {
  return `${what} ${JSON.stringify(facts)}`;
}
