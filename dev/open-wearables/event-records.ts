import type { Instant } from './instant.js';
import type { Source } from './sample.js';

/** A stage of a sleep session as OW shows it. */
export interface SleepStage {
  readonly stage: string;
  readonly start: Instant;
  readonly end: Instant;
}

export interface StageMinutes {
  readonly awake_minutes: number;
  readonly light_minutes: number;
  readonly deep_minutes: number;
  readonly rem_minutes: number;
}

interface EventRecord {
  readonly id: string;
  readonly at: Instant;
  readonly end: Instant;
  readonly zoneOffset: string | null;
  readonly source: Source;
}

/** A stored sleep session; `at` is its start. */
export interface SleepRecord extends EventRecord {
  readonly sleepSeconds: number | null;
  readonly efficiency: number | null;
  readonly minutes: StageMinutes;
  readonly stages: readonly SleepStage[];
  readonly isNap: boolean;
}

/** A stored workout; `at` is its start. */
export interface WorkoutRecord extends EventRecord {
  readonly type: string;
  readonly name: string | null;
  readonly calories: number | null;
  readonly distance: number | null;
  readonly averageRate: number | null;
  readonly maximumRate: number | null;
  readonly pace: number | null;
  readonly elevation: number | null;
}

/** A stored score of a day (readiness, activity, sleep), 0 to 100. */
export interface ScoreRecord {
  readonly id: string;
  readonly at: Instant;
  readonly category: string;
  readonly value: number;
  readonly provider: string;
  readonly components: Readonly<Record<string, { value: number; qualifier: string | null }>>;
}
