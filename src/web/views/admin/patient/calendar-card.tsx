import type { DayState } from '../../../../completeness.js';
import type { Calendar, CalendarRow } from '../../../admin/patient-calendar.js';
import { Strip, StripKey } from '../../../components/day-states.js';
import { type LinkChoice, Segments } from '../../../components/link-choices.js';
import { DaysTable, linesOf } from './days-table.js';

interface CalendarCardProps {
  readonly calendar: Calendar;
  readonly ranges: readonly LinkChoice[];
  readonly daysHref: string;
}

const NOTHING_WRONG: ReadonlySet<DayState> = new Set([
  'complete',
  'unfinished',
  'no consent',
  'not connected',
]);
const MOST_LINES = 8;

/** Stored of expected, each day and kind of data; the days that differ in words below. */
export function CalendarCard({ calendar, ranges, daysHref }: CalendarCardProps) {
  const { days, rows } = calendar;
  const differing = linesOf(rows).filter(({ state }) => !NOTHING_WRONG.has(state));
  return (
    <section class="card" aria-labelledby="calendar-h">
      <div class="card-header">
        <h2 id="calendar-h">Completeness</h2>
        <span class="wx-s wx-2">stored of expected, each day and kind of data</span>
        <span class="wx-push">
          <Segments label="Range of the calendar" choices={ranges} />
        </span>
      </div>
      <div class="card-body wx-stack">
        {rows.length === 0 ? (
          <p class="wx-2">No study of yours asks this patient for anything.</p>
        ) : (
          <>
            <div class="wx-cal">
              {rows.map((row) => (
                <CalendarLine row={row} days={days.length} />
              ))}
            </div>
            {days.length > 30 ? (
              <p class="wx-xs wx-2 wx-narrow">This screen shows the last 30 days.</p>
            ) : null}
            <StripKey />
          </>
        )}
        {differing.length === 0 ? null : (
          <div class="wx-stack-s">
            <h3>Days that are not complete, newest first</h3>
            <DaysTable label="Days that are not complete" lines={differing.slice(0, MOST_LINES)} />
          </div>
        )}
        <a href={daysHref}>See the figures of every day</a>
      </div>
    </section>
  );
}

function CalendarLine({ row, days }: { readonly row: CalendarRow; readonly days: number }) {
  return (
    <div class="wx-cal-row">
      <b>{row.label}</b>
      <Strip cells={row.cells} label={`${row.label}, last ${days} days`} />
      <span>{row.percent === null ? '–' : `${row.percent} %`}</span>
    </div>
  );
}
