/** What became of one day of one kind of data: eight states that are never mixed up, and the day that is not over. */
export type DayState =
  | 'complete'
  | 'partial'
  | 'late'
  | 'rejected'
  | 'nothing came'
  | 'could not read'
  | 'no consent'
  | 'not connected'
  | 'unfinished';

/** What a complete read of a closed day showed, and what is stored of it. */
export interface DayFigures {
  readonly expected: number;
  readonly stored: number;
  readonly rejected: number;
  /** How many of them showed only more than a day after the day was over. */
  readonly late: number;
}

/** A span of calendar days, both inclusive, as YYYY-MM-DD; without an end it goes on. */
export interface DaySpan {
  readonly from: string;
  readonly to: string | null;
}

/** What is known of a patient's days besides what was read. */
export interface DayContext {
  /** The patient's own today. */
  readonly today: string;
  readonly agreed: readonly DaySpan[];
  readonly connected: readonly DaySpan[];
}

/** What to call a day; days without consent do not count as incomplete. */
export function dayStateOf(day: string, figures: DayFigures | undefined, context: DayContext): DayState {
  if (day >= context.today) return 'unfinished';
  if (figures !== undefined && figures.expected > 0) return stateOfFigures(figures);
  if (!isWithin(day, context.agreed)) return 'no consent';
  if (figures !== undefined) return 'nothing came';
  return isWithin(day, context.connected) ? 'could not read' : 'not connected';
}

function stateOfFigures({ expected, stored, rejected, late }: DayFigures): DayState {
  if (rejected > 0) return 'rejected';
  if (stored < expected) return 'partial';
  return late > 0 ? 'late' : 'complete';
}

/** Stored of expected, in whole percent, rounded down so that 100 means all; null when nothing was expected. */
export function percentOf(days: readonly Pick<DayFigures, 'expected' | 'stored'>[]): number | null {
  const expected = days.reduce((sum, day) => sum + day.expected, 0);
  const stored = days.reduce((sum, day) => sum + Math.min(day.stored, day.expected), 0);
  return expected === 0 ? null : Math.floor((100 * stored) / expected);
}

/** Figures of several kinds of records, or of several kinds of data, of one day. */
export function sumOfFigures(figures: readonly DayFigures[]): DayFigures | undefined {
  if (figures.length === 0) return undefined;
  return figures.reduce((sum, each) => ({
    expected: sum.expected + each.expected,
    stored: sum.stored + each.stored,
    rejected: sum.rejected + each.rejected,
    late: sum.late + each.late,
  }));
}

function isWithin(day: string, spans: readonly DaySpan[]): boolean {
  return spans.some(({ from, to }) => from <= day && (to === null || day <= to));
}
