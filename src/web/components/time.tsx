import { clockTime, longDate } from './times.js';

interface TimeProps {
  readonly at: Date;
  readonly zone: string;
  readonly locale?: string;
  /** How the moment is written; a clock time unless told otherwise. */
  readonly as?: (at: Date, zone: string, locale?: string) => string;
}

/** A moment with its exact form: UTC for machines in `datetime`, date and time in `title`. */
export function Time({ at, zone, locale, as = clockTime }: TimeProps) {
  return (
    <time datetime={at.toISOString()} title={`${longDate(at, zone, locale)}, ${clockTime(at, zone, locale)}`}>
      {as(at, zone, locale)}
    </time>
  );
}
