import { type DayFigures, dayStateOf, percentOf } from '../../completeness.js';
import { agreedDays, connectedDays, dataTypeNameOf, figuresOfDays, lastDays } from '../../db/completeness.js';
import type { RequestedScope } from '../../db/consents.js';
import type { Sql } from '../../db/sql.js';
import { grouped } from '../../grouped.js';
import { dataTypeNamed, isDataTypeName } from '../../omh/registry.js';
import { dataKind } from '../components/data-kinds.js';
import type { DayCell } from '../components/day-states.js';
import { dayAndMonth } from './days.js';

/** A day of one kind of data, with its date for links and tables. */
export interface CalendarCell extends DayCell {
  /** YYYY-MM-DD */
  readonly date: string;
}

export interface CalendarRow {
  readonly dataType: string;
  readonly label: string;
  readonly cells: readonly CalendarCell[];
  readonly percent: number | null;
}

export interface Calendar {
  readonly days: readonly string[];
  readonly rows: readonly CalendarRow[];
  readonly percent: number | null;
}

/** Each day of each kind of data that the patient's studies ask for, or that was read. */
export async function calendarOf(
  sql: Sql,
  patientId: number,
  organizationIds: readonly number[],
  scopes: readonly RequestedScope[],
  days: number,
): Promise<Calendar> {
  const [figures, agreed, connected, calendar] = await Promise.all([
    figuresOfDays(sql, [patientId], days),
    agreedDays(sql, [patientId], organizationIds),
    connectedDays(sql, [patientId]),
    lastDays(sql, [patientId], days),
  ]);
  const own = calendar.get(patientId) ?? [];
  const today = own.at(-1) ?? '';
  const ofType = grouped(figures, ({ dataType }) => dataType);
  const names = new Map(scopes.map(({ code, text }) => [dataTypeNameOf(code), dataKind(code, text).label]));
  const asked = scopes.map(({ code }) => dataTypeNameOf(code)).filter(isDataTypeName);
  const rows = [...new Set([...asked, ...ofType.keys()])].map((dataType): CalendarRow => {
    const byDay = new Map((ofType.get(dataType) ?? []).map((each) => [each.day, each]));
    const context = {
      today,
      agreed: agreed.filter(({ code }) => dataTypeNameOf(code) === dataType || codeOf(dataType) === code),
      connected,
    };
    const cells = own.map((date): CalendarCell => {
      const sum: DayFigures | undefined = byDay.get(date);
      return { date, day: dayAndMonth(date), state: dayStateOf(date, sum, context), figures: sum };
    });
    return {
      dataType,
      label: names.get(dataType) ?? labelOf(dataType),
      cells,
      percent: percentOf(cells.flatMap(({ figures: sum }) => sum ?? [])),
    };
  });
  return { days: own, rows, percent: percentOf(figures) };
}

/** The part of a calendar that ends before this day: so many days, or those at its end if nothing is left. */
export function daysBefore(
  { days, rows }: Calendar,
  before: string | undefined,
  most: number,
): Pick<Calendar, 'days' | 'rows'> {
  const found = before === undefined ? days.length : days.filter((day) => day < before).length;
  const end = found === 0 ? days.length : found;
  const part = <Item>(items: readonly Item[]) => items.slice(Math.max(0, end - most), end);
  return { days: part(days), rows: rows.map((row) => ({ ...row, cells: part(row.cells) })) };
}

function codeOf(dataType: string): string | undefined {
  return isDataTypeName(dataType) ? dataTypeNamed(dataType).schemaId : undefined;
}

/** The words for a data type; those that share a code with another one are told apart by their own name. */
export function labelOf(dataType: string): string {
  if (!isDataTypeName(dataType)) return dataType;
  const { schemaId, coding } = dataTypeNamed(dataType);
  if (dataTypeNameOf(schemaId) === dataType) return dataKind(schemaId, coding.display).label;
  const words = dataType.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
