import type { DayOfData } from '../../db/first-data.js';
import type { BackfillProgress } from '../../workflows/contract.js';
import type { FirstData, ReadBack } from '../views/patient/first-data.js';

const MINUTE_MS = 60_000;
/** How long the reading may take to begin after the connection was confirmed. */
const BEGINS_WITHIN_MINUTES = 10;

interface Known {
  readonly byDay: readonly DayOfData[];
  /** Undefined while none was asked for, or Temporal is away. */
  readonly backfill: BackfillProgress | undefined;
  readonly days: number;
  readonly confirmedAt: Date;
  readonly now: Date;
}

/** The first data as the page shows it: arriving while it is read, then arrived, or not there yet. */
export function firstDataOf({ byDay, backfill, days, confirmedAt, now }: Known): FirstData {
  const isOld = backfill?.state === 'done' && new Date(backfill.startedAt) < confirmedAt;
  const own = isOld && isFresh(confirmedAt, now) ? undefined : backfill;
  return {
    readings: byDay.reduce((sum, { readings }) => sum + readings, 0),
    byDay,
    state: stateOf(own, confirmedAt, now),
    readBack: readBackOf(own, days, now),
    now,
  };
}

function isFresh(confirmedAt: Date, now: Date): boolean {
  return now.getTime() - confirmedAt.getTime() < BEGINS_WITHIN_MINUTES * MINUTE_MS;
}

function stateOf(backfill: BackfillProgress | undefined, confirmedAt: Date, now: Date): FirstData['state'] {
  switch (backfill?.state) {
    case 'waiting for the vendor':
    case 'running':
      return 'reading';
    case 'done':
      return 'read';
    case 'paused':
    case 'cancelled':
    case 'failed':
      return 'resting';
    case undefined:
      return isFresh(confirmedAt, now) ? 'reading' : 'resting';
  }
}

function readBackOf(backfill: BackfillProgress | undefined, days: number, now: Date): ReadBack {
  if (backfill === undefined) return { days, daysDone: 0, percent: 0 };
  const { percent, window, eta } = backfill;
  return {
    days,
    daysDone: Math.round((days * percent) / 100),
    percent,
    at: window === null ? undefined : new Date(window.to),
    minutesLeft: eta === null ? undefined : Math.ceil((Date.parse(eta) - now.getTime()) / MINUTE_MS),
  };
}
