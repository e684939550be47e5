import { endpointsOf, seriesOf } from '../omh/registry.js';
import { weeksOf, type Countable, type Days } from './compare-counts.js';
import { notMidnight } from './reading.js';
import type { ReadWindow } from './page-coverage.js';
import { KINDS } from './read-records.js';
import { throughNight } from './session-window.js';
import type { Wanted } from './wanted.js';

/** Days that are read completely, for some data types. */
export interface DaysRead extends Countable {
  readonly days: Days;
}

/** Totals of days are few: so many fit into one page. */
const TOTALS_DAYS = 90;

/** Everything that is counted by itself: the series of each data type, each endpoint of sessions. */
export function countablesOf({ dataTypes, ...wanted }: Wanted): Countable[] {
  const ofSamples = dataTypes
    .filter((type) => seriesOf(type).length > 0)
    .map((type): Countable => ({ kind: 'sample', feeds: seriesOf(type), dataTypes: [type.name] }));
  return [...ofSamples, ...ofEndpoints({ dataTypes, ...wanted }).filter(({ kind }) => kind !== 'summary')];
}

/** The reads of these days that leave nothing out: all series together, each endpoint by itself. */
export function readsOf(wanted: Wanted, days: Days): DaysRead[] {
  const { series } = wanted;
  const dataTypes = wanted.dataTypes.filter((type) => seriesOf(type).length > 0).map(({ name }) => name);
  const all: Countable[] = series.length === 0 ? [] : [{ kind: 'sample', feeds: series, dataTypes }];
  const sessions = ofEndpoints(wanted).filter(({ kind }) => kind !== 'summary');
  return weeksOf(days).flatMap((week) => [...all, ...sessions].map((each) => ({ ...each, days: week })));
}

/** Totals of days are never counted: reading them costs as many requests, which is one. */
export function totalsOf(wanted: Wanted, days: Days): DaysRead[] {
  const totals = ofEndpoints(wanted).filter(({ kind }) => kind === 'summary');
  return weeksOf(days, TOTALS_DAYS).flatMap((span) => totals.map((each) => ({ ...each, days: span })));
}

/** Samples of the same days become one read. */
export function together(reads: readonly DaysRead[]): DaysRead[] {
  const byWindow = new Map<string, DaysRead>();
  for (const read of reads) {
    const key = nameOf(read);
    const other = byWindow.get(key);
    byWindow.set(key, other === undefined ? read : joined(other, read));
  }
  return [...byWindow.values()];
}

function joined(one: DaysRead, other: DaysRead): DaysRead {
  return {
    ...one,
    feeds: [...new Set([...one.feeds, ...other.feeds])].sort(),
    dataTypes: [...one.dataTypes, ...other.dataTypes],
  };
}

/** What tells a read from the others of its patient. */
export function nameOf({ kind, feeds, days }: DaysRead): string {
  const what = kind === 'sample' ? kind : feeds.join(' ');
  return `${what} ${days[0]?.day} ${days.at(-1)?.day}`;
}

/** What Open Wearables is asked for, to see these days wholly. */
export function windowOf({ kind, days }: DaysRead, now: number): ReadWindow {
  const { from, to } = spanOf(days);
  const end = Date.parse(to);
  const isSession = kind === 'sleep' || kind === 'workout';
  return { from, to: notMidnight(isSession ? throughNight(end, now) : end) };
}

/** From the begin of the first day to the end of the last. */
export function spanOf(days: Days): ReadWindow {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('no days');
  return { from: first.from.toISOString(), to: last.to.toISOString() };
}

function ofEndpoints({ dataTypes, endpoints }: Wanted): Countable[] {
  return endpoints.map((endpoint) => ({
    kind: KINDS[endpoint],
    feeds: [endpoint],
    dataTypes: dataTypes.filter((type) => endpointsOf(type).includes(endpoint)).map(({ name }) => name),
  }));
}
