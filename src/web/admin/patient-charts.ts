import type { Reader } from '../../db/readers.js';
import {
  bandPieces,
  type BandPiece,
  type ChartSpan,
  chartSpan,
  dayTotals,
  type DayTotal,
  nightsOf,
} from '../../db/chart-figures.js';
import type { Sql } from '../../db/sql.js';
import { grouped } from '../../grouped.js';
import { dataTypeNamed, isDataTypeName } from '../../omh/registry.js';
import { nightBars, type NightBar } from '../charts/night-bars.js';
import { type DataKind, dataKind } from '../components/data-kinds.js';
import { isoDay } from '../components/times.js';
import { labelOf } from './patient-calendar.js';

/** How far a chart looks back, and how finely: so that no chart has more than 400 marks. */
export const chartRanges = {
  day: { text: 'Day', days: 1, minutes: 5 },
  week: { text: 'Week', days: 7, minutes: 60 },
  month: { text: 'Month', days: 30, minutes: 120 },
  quarter: { text: '90 days', days: 90, minutes: 360 },
} as const;
export type ChartRange = keyof typeof chartRanges;

const NIGHTS = 14;
const LEAST_COLUMNS = 30;
const SENSIBLE: Readonly<Record<string, readonly [number, number]>> = {
  heart_rate: [40, 120],
  oxygen_saturation: [90, 100],
  respiratory_rate: [8, 24],
  body_temperature: [35, 39],
};

interface About {
  readonly dataType: string;
  readonly kind: DataKind;
  readonly unit: string;
}

/** Everything the charts of a patient are drawn from. */
export interface PatientCharts {
  readonly span: ChartSpan;
  readonly minutes: number;
  readonly bands: readonly (About & {
    readonly pieces: readonly BandPiece[];
    readonly sensible: readonly [number, number] | undefined;
  })[];
  readonly columns: readonly (About & {
    readonly days: readonly string[];
    readonly totals: readonly DayTotal[];
  })[];
  readonly nights: { readonly days: readonly string[]; readonly bars: readonly NightBar[] } | undefined;
}

/** Reads what may be shown at this moment, of all kinds of data in three statements. */
export async function patientCharts(
  sql: Sql,
  reader: Reader,
  patientId: number,
  range: ChartRange,
): Promise<PatientCharts> {
  const { days, minutes } = chartRanges[range];
  const [span, longer] = await Promise.all([
    chartSpan(sql, patientId, days),
    chartSpan(sql, patientId, Math.max(days, LEAST_COLUMNS)),
  ]);
  const [pieces, totals, nights] = await Promise.all([
    bandPieces(sql, reader, { patientId, from: span.from, to: span.to }, minutes),
    dayTotals(sql, reader, { patientId, from: longer.from, to: longer.to, zone: span.zone }),
    nightsOf(sql, reader, {
      patientId,
      from: longer.midnights.at(-NIGHTS - 1) ?? longer.from,
      to: longer.to,
    }),
  ]);
  const calendar = longer.midnights.slice(0, -1).map((at) => isoDay(at, span.zone));
  return {
    span,
    minutes,
    bands: [...grouped(pieces, ({ dataType }) => dataType)].map(([dataType, own]) => ({
      ...{ ...aboutOf(dataType), pieces: own, sensible: SENSIBLE[dataType] },
    })),
    columns: [...grouped(totals, ({ dataType }) => dataType)].map(([dataType, own]) => ({
      ...{ ...aboutOf(dataType), totals: own, days: calendar },
    })),
    nights:
      nights.length === 0
        ? undefined
        : {
            days: calendar.slice(-NIGHTS),
            bars: nightBars(nights, span.zone).filter(({ day }) => calendar.slice(-NIGHTS).includes(day)),
          },
  };
}

/** How a chart speaks of a data type. */
export function aboutOf(dataType: string): About {
  if (!isDataTypeName(dataType)) {
    return { dataType, kind: { ...dataKind(dataType, dataType), label: dataType }, unit: '' };
  }
  const { schemaId, coding, quantity } = dataTypeNamed(dataType);
  const isSteps = dataType === 'physical_activity';
  return {
    dataType,
    kind: { ...dataKind(schemaId, coding.display), label: isSteps ? 'Steps' : labelOf(dataType) },
    unit: isSteps ? 'steps' : (quantity?.unit ?? ''),
  };
}
