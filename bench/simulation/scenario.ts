/** A day that is simulated. Shares are percent. */
export interface Scenario {
  readonly patients: number;
  readonly seed: number;
  /** So many are simulated at most; each of them stands for several. */
  readonly sample: number;
  /** `ow.poll_interval_minutes`, `ow.max_age_minutes`, `ow.lookback_hours`, `ow.requests_per_second` and `ow.backfill_days`. */
  readonly interval: number;
  readonly maxAge: number;
  readonly lookback: number;
  /** Of each worker process; 0: as many as are asked for. */
  readonly requests: number;
  readonly backfillDays: number;
  /** Patients whose wearable syncs within an hour, on average over the day. */
  readonly news: number;
  /** Syncs that Open Wearables tells by webhooks. */
  readonly webhooks: number;
  /** Syncs that bring a page of corrected samples as well. */
  readonly corrections: number;
  /** Patients who connect on this day, out of all. */
  readonly onboardings: number;
  /** Whether each patient's last week is compared with Open Wearables at night. */
  readonly reconcile: boolean;
  /** Worker processes, and cores of Temporal and of Postgres; 0: as many as the busiest hour needs. */
  readonly workers: number;
  readonly temporalCores: number;
  readonly postgresCores: number;
}

export const USUAL: Scenario = {
  ...{
    patients: 1_000_000,
    seed: 1,
    sample: 1_000_000,
    interval: 15,
    maxAge: 60,
    lookback: 24,
    requests: 0,
    backfillDays: 90,
  },
  ...{ news: 20, webhooks: 100, corrections: 1, onboardings: 0.1, reconcile: true },
  ...{ workers: 0, temporalCores: 0, postgresCores: 0 },
};

/** What a ring measures a day: one number in five minutes, in 45 and in an hour. */
export const SAMPLES_A_DAY = 1440 / 5 + 1440 / 45 + 1440 / 60;
export const PAGE = 100;

export const SECOND = 1;
export const MINUTE = 60;
export const HOUR = 3_600;
export const DAY = 86_400;
