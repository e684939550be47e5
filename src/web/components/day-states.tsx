import { raw } from 'hono/html';
import type { DayFigures, DayState } from '../../completeness.js';
import { counted } from './words.js';

/** One cell of a strip: a day, or any other period. */
export interface DayCell {
  /** `21 Nov` */
  readonly day: string;
  readonly state: DayState;
  readonly figures?: DayFigures | undefined;
}

const words: Record<DayState, string> = {
  complete: 'complete',
  partial: 'partial',
  late: 'late, now complete',
  rejected: 'with rejected records',
  'nothing came': 'with nothing',
  'could not read': 'that could not be read',
  'no consent': 'without consent',
  'not connected': 'not connected',
  unfinished: 'not over',
};

const classes: Record<Exclude<DayState, 'partial'>, string> = {
  complete: 'k-ok',
  late: 'k-late',
  rejected: 'k-rej',
  'nothing came': 'k-none',
  'could not read': 'k-read',
  'no consent': 'k-cons',
  'not connected': 'k-off',
  unfinished: 'k-wait',
};

function classOf({ state, figures }: DayCell): string {
  if (state !== 'partial') return classes[state];
  const share = figures === undefined ? 0.5 : figures.stored / figures.expected;
  return share < 0.375 ? 'k-p1' : share < 0.625 ? 'k-p2' : 'k-p3';
}

interface StripProps {
  readonly cells: readonly DayCell[];
  /** `Heart rate, last 90 days` */
  readonly label: string;
  readonly isSmall?: boolean;
}

/** Days in a row; a sentence of counts stands for it where it is not seen. */
export function Strip({ cells, label, isSmall = false }: StripProps) {
  return (
    <div
      class={isSmall ? 'wx-strip is-s' : 'wx-strip'}
      role="img"
      aria-label={`${label}: ${sentenceOf(cells)}`}
    >
      {raw(cells.map(cellOf).join(''))}
    </div>
  );
}

/** A cell as text: a page has a thousand of them, and nothing in one comes from anybody. */
function cellOf(cell: DayCell): string {
  const title = cell.state === 'complete' ? '' : ` title="${cell.day}: ${words[cell.state]}"`;
  return `<i class="${classOf(cell)}"${title}></i>`;
}

/** `12 days complete, 2 partial` */
function sentenceOf(cells: readonly DayCell[]): string {
  const counts = new Map<DayState, number>();
  for (const { state } of cells) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = [...counts].map(([state, count], index) =>
    index === 0 ? `${counted(count, 'day')} ${words[state]}` : `${count} ${words[state]}`,
  );
  return parts.join(', ') || 'no days';
}

const came = [
  ['k-ok', 'Complete'],
  ['k-p2', 'Partial'],
  ['k-late', 'Late'],
  ['k-rej', 'Rejected'],
] as const;
const absent = [
  ['k-none', 'Nothing came'],
  ['k-read', 'Could not read'],
  ['k-cons', 'No consent'],
  ['k-off', 'Not connected'],
] as const;

/** What the cells mean. */
export function StripKey() {
  return (
    <div class="wx-key">
      <KeyGroup title="Data came" entries={came} />
      <KeyGroup title="No data, because" entries={absent} />
    </div>
  );
}

interface KeyGroupProps {
  readonly title: string;
  readonly entries: readonly (readonly [string, string])[];
}

function KeyGroup({ title, entries }: KeyGroupProps) {
  return (
    <div>
      <p>{title}</p>
      <ul>
        {entries.map(([className, text]) => (
          <li>
            <i class={className}></i>
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
