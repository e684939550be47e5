import type { Night } from '../../db/chart-figures.js';
import { clockTime, isoDay } from '../components/times.js';

export type Stage = 'deep' | 'light' | 'rem' | 'awake' | 'asleep';

/** A piece of a night, in minutes from noon before it. */
export interface NightPiece {
  readonly stage: Stage;
  readonly from: number;
  readonly to: number;
}

/** One night of the chart, by the day on which it ended. */
export interface NightBar {
  /** YYYY-MM-DD, of the patient's calendar. */
  readonly day: string;
  readonly pieces: readonly NightPiece[];
  readonly isCorrected: boolean;
  /** Whether the pieces lie where they were slept, and not only add up. */
  readonly isInOrder: boolean;
}

const MINUTE_MS = 60_000;
const STAGES: ReadonlyMap<string, Stage> = new Map([
  ['Deep_sleep', 'deep'],
  ['Light_sleep', 'light'],
  ['REM_sleep', 'rem'],
  ['Awake', 'awake'],
]);
const DURATIONS = [
  ['deep', 'deep_sleep_duration'],
  ['light', 'light_sleep_duration'],
  ['rem', 'rem_sleep_duration'],
  ['awake', 'wake_after_sleep_onset'],
  ['awake', 'awake_duration'],
] as const;

/** The nights as bars: stages where they were slept, else the totals of the stages, else the night as it is. */
export function nightBars(nights: readonly Night[], zone: string): NightBar[] {
  const bars = new Map<string, NightBar & { readonly rank: number }>();
  for (const night of nights) {
    const place = placeOf(night, zone);
    const bar = { ...barOf(night, place.from), day: place.day };
    const rank = (bar.isInOrder ? 2 : bar.pieces.length > 1 ? 1 : 0) + lengthOf(bar) / 10_000;
    const known = bars.get(place.day);
    if (known === undefined || known.rank < rank) bars.set(place.day, { ...bar, rank });
  }
  return [...bars.values()];
}

function barOf({ start, end, details, isCorrected }: Night, from: number): Omit<NightBar, 'day'> {
  const asItIs = [{ stage: 'asleep' as const, from, to: from + minutesBetween(start, end) }];
  const episodes = episodesOf(details, start, from);
  if (episodes.length > 0) return { pieces: episodes, isCorrected, isInOrder: true };
  const totals = totalsOf(details, from);
  return { pieces: totals.length > 0 ? totals : asItIs, isCorrected, isInOrder: false };
}

function episodesOf(details: Night['details'], start: Date, from: number): NightPiece[] {
  const episodes = details['sleep_stage_episodes'];
  if (!Array.isArray(episodes)) return [];
  return episodes.flatMap((episode: unknown) => {
    const interval = at(at(episode, 'sleep_stage_time_frame'), 'time_interval');
    const [begins, ends] = [at(interval, 'start_date_time'), at(interval, 'end_date_time')];
    const state = at(episode, 'sleep_stage_state');
    if (typeof begins !== 'string' || typeof ends !== 'string' || typeof state !== 'string') return [];
    const place = (text: string) => from + minutesBetween(start, new Date(text));
    return [{ stage: STAGES.get(state) ?? 'asleep', from: place(begins), to: place(ends) }];
  });
}

function totalsOf(details: Night['details'], from: number): NightPiece[] {
  const holder = details['sleep_stage_summary'] ?? details;
  const pieces: NightPiece[] = [];
  for (const [stage, name] of DURATIONS) {
    const seconds = at(at(holder, name), 'value');
    const last = pieces.at(-1)?.to ?? from;
    if (typeof seconds === 'number' && seconds > 0)
      pieces.push({ stage, from: last, to: last + seconds / 60 });
  }
  return pieces;
}

/** The member of a value that may be anything. */
function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function minutesBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / MINUTE_MS;
}

/** The calendar day on which a night ends, and its start in minutes from the noon before. */
function placeOf({ start, end }: Night, zone: string): { readonly day: string; readonly from: number } {
  const [hour = 0, minute = 0] = clockTime(start, zone).split(':').map(Number);
  return { day: isoDay(end, zone), from: (hour * 60 + minute + 720) % 1440 };
}

function lengthOf({ pieces }: Pick<NightBar, 'pieces'>): number {
  return (pieces.at(-1)?.to ?? 0) - (pieces[0]?.from ?? 0);
}
