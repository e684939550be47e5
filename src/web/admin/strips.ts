import { dayStateOf, percentOf, sumOfFigures } from '../../completeness.js';
import { agreedDays, connectedDays, figuresOfDays, lastDays } from '../../db/completeness.js';
import type { Sql } from '../../db/sql.js';
import { grouped } from '../../grouped.js';
import type { DayCell } from '../components/day-states.js';
import { dayAndMonth } from './days.js';

/** The last days of a patient in one row, all kinds of data together. */
export interface PatientStrip {
  readonly cells: readonly DayCell[];
  readonly percent: number | null;
}

/** The strips of the patients of one page of a list. */
export async function stripsOf(
  sql: Sql,
  patientIds: readonly number[],
  organizationIds: readonly number[],
  days: number,
): Promise<ReadonlyMap<number, PatientStrip>> {
  const [figures, agreed, connected, calendar] = await Promise.all([
    figuresOfDays(sql, patientIds, days),
    agreedDays(sql, patientIds, organizationIds),
    connectedDays(sql, patientIds),
    lastDays(sql, patientIds, days),
  ]);
  const byPatient = <Item extends { readonly patientId: number }>(items: readonly Item[]) =>
    grouped(items, ({ patientId }) => patientId);
  const [figuresOf, agreedOf, connectedOf] = [byPatient(figures), byPatient(agreed), byPatient(connected)];
  return new Map(patientIds.map((id) => [id, stripOf(id)]));

  function stripOf(id: number): PatientStrip {
    const own = calendar.get(id) ?? [];
    const context = {
      today: own.at(-1) ?? '',
      agreed: agreedOf.get(id) ?? [],
      connected: connectedOf.get(id) ?? [],
    };
    const byDay = grouped(figuresOf.get(id) ?? [], ({ day }) => day);
    const cells = own.map((day): DayCell => {
      const sum = sumOfFigures(byDay.get(day) ?? []);
      return { day: dayAndMonth(day), state: dayStateOf(day, sum, context), figures: sum };
    });
    return { cells, percent: percentOf(cells.flatMap(({ figures: sum }) => sum ?? [])) };
  }
}
