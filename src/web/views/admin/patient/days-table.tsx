import type { DayFigures, DayState } from '../../../../completeness.js';
import type { CalendarRow } from '../../../admin/patient-calendar.js';
import { Chip } from '../../../components/chip.js';
import type { StateWords } from '../../../components/connection-state.js';
import { Cell, numbers, Row, RowHead, Table } from '../../../components/table.js';
import { figure } from '../../../components/words.js';

/** A day of a kind of data, as a line of figures. */
export interface DayLine {
  readonly date: string;
  readonly day: string;
  readonly label: string;
  readonly state: DayState;
  readonly figures: DayFigures | undefined;
}

const words: Record<DayState, StateWords> = {
  complete: { tone: 'ok', icon: 'check-circle-fill', word: 'Complete' },
  partial: { tone: 'warn', icon: 'circle-half', word: 'Partial' },
  late: { tone: 'warn', icon: 'clock', word: 'Late' },
  rejected: { tone: 'bad', icon: 'exclamation-octagon-fill', word: 'Rejected' },
  'nothing came': { tone: 'idle', icon: 'circle', word: 'Nothing came' },
  'could not read': { tone: 'busy', icon: 'cloud-slash', word: 'Could not read' },
  'no consent': { tone: 'idle', icon: 'dash-circle', word: 'No consent' },
  'not connected': { tone: 'idle', icon: 'plug', word: 'Not connected' },
  unfinished: { tone: 'idle', icon: 'hourglass-split', word: 'Not over' },
};

/** The days of all rows, the newest first. */
export function linesOf(rows: readonly CalendarRow[]): DayLine[] {
  return rows
    .flatMap(({ label, cells }) =>
      cells.map(({ date, day, state, figures }) => ({ date, day, label, state, figures })),
    )
    .sort((one, other) => (one.date === other.date ? 0 : one.date < other.date ? 1 : -1));
}

/** Days in figures: what the calendar shows, to be read and copied. */
export function DaysTable({ label, lines }: { readonly label: string; readonly lines: readonly DayLine[] }) {
  return (
    <Table
      label={label}
      columns={[
        'Day',
        'Kind of data',
        'What we see',
        ...['Expected', 'Stored', 'Rejected', 'Late'].map(numbers),
      ]}
    >
      {lines.map(({ day, label: kind, state, figures }) => (
        <Row>
          <RowHead class="wx-nowrap">{day}</RowHead>
          <Cell label="Kind of data">{kind}</Cell>
          <Cell label="What we see">
            <Chip tone={words[state].tone} icon={words[state].icon}>
              {words[state].word}
            </Chip>
          </Cell>
          <Figure label="Expected" value={figures?.expected} />
          <Figure label="Stored" value={figures?.stored} />
          <Figure label="Rejected" value={figures?.rejected} />
          <Figure label="Late" value={figures?.late} />
        </Row>
      ))}
    </Table>
  );
}

function Figure({ label, value }: { readonly label: string; readonly value: number | undefined }) {
  return (
    <Cell label={label} class="n">
      {value === undefined ? '–' : figure(value)}
    </Cell>
  );
}
