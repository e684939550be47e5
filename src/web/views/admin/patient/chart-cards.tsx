import type { PatientCharts } from '../../../admin/patient-charts.js';
import { BandChart } from '../../../charts/band-chart.js';
import { ColumnsChart } from '../../../charts/columns-chart.js';
import { NightsChart } from '../../../charts/nights-chart.js';
import { type LinkChoice, Segments } from '../../../components/link-choices.js';

interface ChartCardsProps {
  readonly charts: PatientCharts;
  readonly ranges: readonly LinkChoice[];
  /** Where the figures and the single points of a data type are. */
  readonly figuresHref: (dataType: string) => string;
  readonly pointsHref: (dataType: string) => string;
  readonly dayText: (day: string) => string;
}

/** A chart of each kind of data that there is. */
export function ChartCards({ charts, ranges, figuresHref, pointsHref, dayText }: ChartCardsProps) {
  const { bands, columns, nights, span, minutes } = charts;
  const [first, ...others] = bands.map((band) => (
    <section class="card" aria-labelledby={`${band.dataType}-h`}>
      <div class="card-header">
        <h2 id={`${band.dataType}-h`}>{band.kind.label}</h2>
        <span class="wx-s wx-2">
          {band.unit}, {pieceText(minutes)}
        </span>
        <span class="wx-push">
          <Segments label={`Range of the charts, ${band.kind.label}`} choices={ranges} />
        </span>
      </div>
      <div class="card-body wx-stack-s">
        <BandChart id={`chart-${band.dataType}`} {...band} span={span} minutes={minutes} />
        <p class="wx-s">
          <a href={figuresHref(band.dataType)}>
            Figures<span class="visually-hidden"> of {band.kind.label}</span>
          </a>{' '}
          ·{' '}
          <a href={pointsHref(band.dataType)}>
            Every point, to zoom<span class="visually-hidden"> into {band.kind.label}</span>
          </a>
        </p>
      </div>
    </section>
  ));
  if (first === undefined && columns.length === 0 && nights === undefined) {
    return (
      <section class="card card-body" aria-label="Charts">
        <p class="wx-2">
          There is nothing to draw: nothing was measured in this time that a consent covers now.
        </p>
      </section>
    );
  }
  return (
    <>
      {first ?? null}
      <div class="wx-two">
        {nights === undefined ? null : (
          <section class="card" aria-labelledby="nights-h">
            <div class="card-header">
              <h2 id="nights-h">Sleep</h2>
              <span class="wx-s wx-2">{nights.days.length} nights, by clock time</span>
            </div>
            <div class="card-body">
              <NightsChart id="chart-nights" days={nights.days} bars={nights.bars} dayText={dayText} />
            </div>
          </section>
        )}
        {columns.map((column) => (
          <section class="card" aria-labelledby={`${column.dataType}-h`}>
            <div class="card-header">
              <h2 id={`${column.dataType}-h`}>{column.kind.label}</h2>
              <span class="wx-s wx-2">{column.days.length} days, total of each</span>
            </div>
            <div class="card-body wx-stack-s">
              <ColumnsChart id={`chart-${column.dataType}`} {...column} dayText={dayText} />
              <p class="wx-s">
                <a href={figuresHref(column.dataType)}>
                  Figures<span class="visually-hidden"> of {column.kind.label}</span>
                </a>
              </p>
            </div>
          </section>
        ))}
      </div>
      {others}
    </>
  );
}

function pieceText(minutes: number): string {
  if (minutes === 60) return 'hour by hour';
  return minutes < 60 ? `every ${minutes} minutes` : `every ${minutes / 60} hours`;
}
