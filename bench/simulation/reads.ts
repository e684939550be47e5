import { planRead } from '../../src/activities/read-plan.js';
import { readWindows } from '../../src/activities/reading.js';
import { BackfillPlan } from '../../src/workflows/backfill-plan.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';
import { DAY, HOUR, PAGE, SAMPLES_A_DAY } from './scenario.js';

const WANTED = { series: ['heart_rate'], endpoints: [], dataTypes: [] };
/** Any day will do: plans know no calendar. */
const MIDNIGHT = Date.parse('2026-03-02T00:00:00Z');

/** How many pages lie between two moments, `seconds` apart. */
const pagesOf = (seconds: number) => Math.max(1, Math.ceil((seconds / DAY) * (SAMPLES_A_DAY / PAGE)));

/**
 * How many pages a poll asks for, by the product's own plan: from where its cursor or the lookback begins to now. Starts are
 * full hours, so that plans are made once for each pair of them.
 */
export function pollPages(lookbackHours: number) {
  const known = new Map<number, number>();
  /** `position` is the newest sample that was seen, in seconds of the day like `now`. */
  return (now: number, position: number): number => {
    const [hour, age] = [Math.floor(now / HOUR), Math.floor((now - position) / HOUR)];
    const key = hour * 10_000 + age;
    const before = known.get(key);
    if (before !== undefined) return before;
    const at = MIDNIGHT + hour * HOUR * 1000;
    const cursor = {
      ...{ series: 'heart_rate', coveredFrom: new Date(0), coveredTo: new Date(at) },
      position: new Date(at - age * HOUR * 1000),
    };
    const times = { now: at, lookbackMs: lookbackHours * HOUR * 1000, earliest: 0 };
    const to = new Date(at + HOUR * 1000).toISOString();
    const windows = planRead([cursor], WANTED, times).flatMap(({ from }) => readWindows(from, to));
    const pages = windows.reduce(
      (sum, { from, to: end }) => sum + pagesOf((Date.parse(end) - Date.parse(from)) / 1000),
      0,
    );
    known.set(key, pages);
    return pages;
  };
}

/** The samples of each window of a backfill, newest first, as the workflow takes them. */
export function backfillWindows(days: number): readonly number[] {
  const plan = new BackfillPlan(true, undefined, MIDNIGHT);
  const from = new Date(MIDNIGHT - days * DAY * 1000).toISOString();
  plan.ask({ from, to: new Date(MIDNIGHT).toISOString() }, MIDNIGHT);
  const windows: number[] = [];
  while (plan.next !== undefined) {
    const window = plan.begin(MIDNIGHT);
    if (window === undefined) continue;
    const seconds = (Date.parse(window.to) - Date.parse(window.from)) / 1000;
    windows.push(Math.round((seconds / DAY) * SAMPLES_A_DAY));
    plan.finish(window, NO_COUNTS, MIDNIGHT);
  }
  return windows;
}
