import type { BackfillRequest } from './contract.js';

/** A stretch of recorded time of some data types; times are in one spelling, so that they compare as text. */
export type Span = Omit<BackfillRequest, 'anew'>;

const DAY_MS = 86_400_000;

/** The span of a request, none of it in the future; undefined when it has no length. */
export function spanOf({ anew: _, ...request }: BackfillRequest, now: number): Span | undefined {
  const start = Date.parse(request.from);
  const end = Math.min(now, Date.parse(request.to));
  return start < end ? { ...request, ...times(start, end) } : undefined;
}

/** Spans of the same data types that overlap or touch become one; what was asked first comes first, then the newest. */
export function joined(spans: readonly Span[]): Span[] {
  const kinds = [...new Set(spans.map(kindOf))];
  return kinds.flatMap((kind) =>
    spans
      .filter((span) => kindOf(span) === kind)
      .sort((a, b) => (a.to < b.to ? 1 : -1))
      .reduce<Span[]>(append, []),
  );
}

function append(newer: Span[], span: Span): Span[] {
  const last = newer.at(-1);
  if (last === undefined || span.to < last.from) return [...newer, span];
  return [...newer.slice(0, -1), { ...last, from: span.from < last.from ? span.from : last.from }];
}

/** What is left of a span without those of the same data types. */
export function without(span: Span, covered: readonly Span[]): Span[] {
  return covered
    .filter((other) => kindOf(other) === kindOf(span))
    .reduce((pieces, other) => pieces.flatMap((piece) => cut(piece, other)), [span]);
}

function cut(piece: Span, { from, to }: Span): Span[] {
  const older = { ...piece, to: from < piece.to ? from : piece.to };
  const newer = { ...piece, from: to > piece.from ? to : piece.from };
  return [newer, older].filter(hasLength);
}

/** The newest part of a span, at most so many days long, and what is older; a span without length has none. */
export function newestWindow(span: Span, days: number): { window: Span | undefined; older: Span[] } {
  const [start, end] = [Date.parse(span.from), Date.parse(span.to)];
  if (!(start < end)) return { window: undefined, older: [] };
  const begin = Math.max(start, end - days * DAY_MS);
  const older = { ...span, ...times(start, begin) };
  return { window: { ...span, ...times(begin, end) }, older: [older].filter(hasLength) };
}

/** A span whose newest part was read with the window that follows it; none when that was all. */
export function shortened(span: Span, window: Span, readFrom: string): Span[] {
  if (kindOf(span) !== kindOf(window) || span.to !== window.from || readFrom >= span.to) return [span];
  return [{ ...span, to: readFrom }].filter(hasLength);
}

export function daysOf(spans: readonly Span[]): number {
  return spans.reduce((days, { from, to }) => days + (Date.parse(to) - Date.parse(from)) / DAY_MS, 0);
}

function hasLength({ from, to }: Span): boolean {
  return from < to;
}

/** What must be equal for two spans to be read together. */
function kindOf({ dataTypes, awaitHistoryOf }: Span): string {
  return JSON.stringify([
    dataTypes === undefined ? null : [...new Set(dataTypes)].sort(),
    awaitHistoryOf ?? null,
  ]);
}

function times(start: number, end: number): { from: string; to: string } {
  return { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
}
