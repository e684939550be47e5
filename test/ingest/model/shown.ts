import type { SandboxControl } from '../../../dev/open-wearables/control.js';
import { sourceOf } from '../../../dev/open-wearables/providers.js';
import { ACTIVITY, CODE_OF_SERIES, PRESSURE, SLEEP, STAGES, type Provider, type Series } from './kinds.js';
import { localMidnight, nextDate } from './local-days.js';

/** One thing that was measured, as it must be stored; times in milliseconds. */
export interface Reading {
  /** What makes it one of its kind: two readings of one key are the same. */
  readonly key: string;
  readonly code: string;
  readonly provider: Provider;
  readonly start: number;
  readonly end: number | null;
  readonly value: string;
}

export interface Sample {
  readonly series: Series;
  readonly provider: Provider;
  readonly at: number;
  readonly value: number;
}

export interface Session {
  readonly kind: 'sleeps' | 'workouts';
  readonly provider: Provider;
  readonly start: number;
  readonly end: number;
  /** Seconds asleep, or metres. */
  readonly figure: number;
}

/** The key of a reading; `series` is the time series, or `sleep`, `workout`, `summary`. */
export function keyOf(dataType: string, series: string, provider: string, start: number): string {
  return `${dataType} ${series} ${provider} ${start}`;
}

const DATA_TYPES = {
  heart_rate: 'heart_rate',
  resting_heart_rate: 'heart_rate',
  oxygen_saturation: 'oxygen_saturation',
  weight: 'body_weight',
};

/** What Open Wearables shows of one patient: a plain map, and the sandbox told of every change. */
export class Shown {
  readonly #samples = new Map<string, Sample>();
  readonly #sessions = new Map<string, Session>();
  readonly #totals = new Map<string, number>();

  constructor(
    private readonly control: SandboxControl,
    private readonly owUserId: string,
    private readonly timeZone: string,
  ) {}

  get samples(): readonly Sample[] {
    return [...this.#samples.values()];
  }

  get sessions(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  get totals(): readonly string[] {
    return [...this.#totals.keys()];
  }

  show(samples: readonly Sample[]): void {
    for (const sample of samples) this.#samples.set(sampleKey(sample), sample);
    this.control.addSamples(
      this.owUserId,
      samples.map(({ series, provider, at, value }) => ({
        ...{ timestamp: new Date(at), type: series, value, source: sourceOf(provider) },
      })),
    );
  }

  hide(samples: readonly Sample[]): void {
    for (const sample of samples) {
      const { series, provider, at } = sample;
      this.#samples.delete(sampleKey(sample));
      this.control.removeSamples(this.owUserId, ({ source }) => source.provider === provider, {
        ...{ types: [series], from: new Date(at), to: new Date(at + 1) },
      });
    }
  }

  showSession(session: Session): void {
    const { kind, provider, start, end, figure } = session;
    this.#sessions.set(sessionKey(session), session);
    const figures = kind === 'sleeps' ? { sleepSeconds: figure } : { distance: figure };
    const placed = { start: new Date(start), end: new Date(end), provider, ...figures };
    this.control.addSessions(this.owUserId, kind, [placed]);
  }

  /** Sessions of two wearables never start at one instant here, so that the start names one. */
  hideSession(session: Session): void {
    this.#sessions.delete(sessionKey(session));
    this.control.removeSessions(this.owUserId, session.kind, (start) => start.getTime() === session.start);
  }

  /** The steps of a whole day, by the ring alone: Open Wearables shows one wearable a day. */
  showTotal(date: string, steps: number): void {
    this.#totals.set(date, steps);
    const sample = { timestamp: `${date}T04:00:00Z`, type: 'steps', value: steps, is_daily_total: true };
    this.control.addSamples(this.owUserId, [sample]);
  }

  hideTotal(date: string): void {
    this.#totals.delete(date);
    this.control.removeSamples(this.owUserId, ({ timestamp }) => timestamp.startsWith(date), {
      types: ['steps'],
    });
  }

  /** Everything that could be stored now, by key. */
  readings(): ReadonlyMap<string, Reading> {
    const all = [
      ...this.samples.flatMap((sample) => this.#ofSample(sample)),
      ...this.sessions.flatMap(ofSession),
      ...[...this.#totals].map(([date, steps]) => this.#ofTotal(date, steps)),
    ];
    return new Map(all.map((reading) => [reading.key, reading]));
  }

  #ofSample({ series, provider, at, value }: Sample): Reading[] {
    if (series === 'blood_pressure_diastolic') return [];
    if (series === 'blood_pressure_systolic') return this.#pressure(provider, at, value);
    const key = keyOf(DATA_TYPES[series], series, provider, at);
    return [{ key, code: CODE_OF_SERIES[series], provider, start: at, end: null, value: String(value) }];
  }

  /** Two halves are one reading; one alone is none. */
  #pressure(provider: Provider, at: number, systolic: number): Reading[] {
    const other = { series: 'blood_pressure_diastolic', provider, at } as const;
    const diastolic = this.#samples.get(sampleKey(other))?.value;
    if (diastolic === undefined) return [];
    const key = keyOf('blood_pressure', 'blood_pressure', provider, at);
    return [{ key, code: PRESSURE, provider, start: at, end: null, value: `${systolic}/${diastolic}` }];
  }

  #ofTotal(date: string, steps: number): Reading {
    const start = localMidnight(date, this.timeZone);
    const end = localMidnight(nextDate(date), this.timeZone);
    const key = keyOf('physical_activity', 'summary', 'oura', start);
    return { key, code: ACTIVITY, provider: 'oura', start, end, value: `${end} ${steps}` };
  }
}

const sampleKey = ({ series, provider, at }: Omit<Sample, 'value'>) => `${series} ${provider} ${at}`;
const sessionKey = ({ kind, provider, start }: Session) => `${kind} ${provider} ${start}`;

function ofSession({ kind, provider, start, end, figure }: Session): Reading[] {
  const shared = { provider, start, end };
  if (kind === 'workouts') {
    const key = keyOf('physical_activity', 'workout', provider, start);
    return [{ ...shared, key, code: ACTIVITY, value: `${end} ${figure}` }];
  }
  return [
    {
      ...shared,
      key: keyOf('sleep_episode', 'sleep', provider, start),
      code: SLEEP,
      value: `${end} ${figure}`,
    },
    { ...shared, key: keyOf('sleep_stage_summary', 'sleep', provider, start), code: STAGES, value: `${end}` },
  ];
}
