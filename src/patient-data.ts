import type { App } from './app.js';
import { answersOf, type AnsweredScope } from './db/own-answers.js';
import {
  positionOf,
  readObservations,
  type ObservationRow,
  type Position,
} from './db/readable-observations.js';
import { dataPointOf } from './fhir/observation.js';

/** Rows that are in memory at a time, however much there is. */
const PAGE = 1_000;

/** How a patient takes the own data along. */
export type DataFormat = 'csv' | 'jsonl';

/**
 * Everything that is stored of a patient, chunk by chunk, newest measurement first: a table of the readings, or JSON
 * lines with every answer and every Open mHealth data point. The next page is read when the one before is taken.
 */
export async function* patientData(
  { sql }: Pick<App, 'sql'>,
  patientId: number,
  format: DataFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  else yield linesOf((await answersOf(sql, patientId)).map(answerLine));
  let after: Position | undefined;
  for (;;) {
    const rows = await readObservations(
      sql,
      { kind: 'patient', patientId },
      {
        limit: PAGE,
        statuses: ['final', 'amended', 'entered-in-error'],
        ...(after === undefined ? {} : { after }),
      },
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield format === 'csv' ? rows.map(tableRow).join('') : linesOf(rows.map(observationLine));
    if (rows.length < PAGE) return;
    after = positionOf(last);
  }
}

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

function answerLine({ decidedAt, ...answer }: AnsweredScope) {
  return { kind: 'answer', ...answer, decidedAt: decidedAt.toISOString() };
}

function observationLine(row: ObservationRow) {
  const { status, dataSourceName: dataSource } = row;
  return { kind: 'reading', status, dataSource, dataPoint: dataPointOf(row) };
}

const COLUMNS = [
  'start',
  'end',
  'kind',
  'code',
  'value',
  'unit',
  'details',
  'data source',
  'status',
] as const;

function tableRow(row: ObservationRow): string {
  const { body } = dataPointOf(row);
  const unit = Object.values(body).find(isQuantity)?.unit;
  const details = row.details === null ? '' : JSON.stringify(row.details);
  const cells = [row.startUtc, row.endUtc ?? '', row.display, row.code, row.value ?? '', unit ?? '', details];
  return `${[...cells, row.dataSourceName, row.status].map(cell).join(',')}\r\n`;
}

function isQuantity(value: unknown): value is { readonly value: number; readonly unit: string } {
  return typeof value === 'object' && value !== null && 'unit' in value && 'value' in value;
}

/** RFC 4180; a text that a spreadsheet would take for a formula gets a mark before it. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
