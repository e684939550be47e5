import type { ChartSpan } from '../../db/chart-figures.js';
import { clockTime, shortDate } from '../components/times.js';
import { xOf } from './scale.js';

const HOURS = [0, 6, 12, 18];
const HOUR_MS = 3_600_000;

/** Labels below a chart of moments: hours of one day, days of a week, every fifth or fifteenth day beyond. */
export function momentLabels(span: ChartSpan): { x: number; text: string }[] {
  const { midnights, zone, from } = span;
  const days = midnights.length - 1;
  if (days === 1) {
    return HOURS.map((hour) => new Date(from.getTime() + hour * HOUR_MS)).map((at) => ({
      x: xOf(at, span),
      text: clockTime(at, zone),
    }));
  }
  const every = days <= 7 ? 1 : days <= 31 ? 5 : 15;
  return midnights
    .slice(0, -1)
    .map((at, index) => ({ at, index }))
    .filter(({ index }) => (days - 1 - index) % every === 0)
    .map(({ at, index }) => ({
      // Under the middle of its day where days are wide.
      x: days <= 7 ? xOf(middleOf(at, midnights[index + 1] ?? at), span) : xOf(at, span),
      text: shortDate(at, zone),
    }));
}

function middleOf(from: Date, to: Date): Date {
  return new Date((from.getTime() + to.getTime()) / 2);
}
