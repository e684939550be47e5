import { Icon } from '../../components/icon.js';
import { longDate } from '../../components/times.js';
import { figure } from '../../components/words.js';
import { dateBefore, today } from './chart-days.js';
import type { ChartProps } from './growing-chart.js';

/** The figures behind the chart, one click away. */
export function ChartFigures({ days, now, reader }: ChartProps) {
  const { texts, zone, locale } = reader;
  const { chart } = texts;
  const newest = today(now, zone);
  const number = (value: number | undefined) =>
    value === undefined ? '–' : figure(Math.round(value), locale);
  return (
    <details class="wx-more" id="chart-figures">
      <summary>
        <Icon name="chevron-right" />
        {chart.asTable}
      </summary>
      <table class="wx-table">
        <thead>
          <tr>
            <th scope="col">{chart.day}</th>
            <th scope="col" class="wx-num">
              {chart.readings}
            </th>
            <th scope="col" class="wx-num">
              {chart.average}
            </th>
            <th scope="col" class="wx-num">
              {chart.lowest}
            </th>
            <th scope="col" class="wx-num">
              {chart.highest}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ daysAgo, readings, heartRate }) => (
            <tr>
              <th scope="row">{longDate(dateBefore(newest, daysAgo), 'UTC', locale)}</th>
              <td class="wx-num">{figure(readings, locale)}</td>
              <td class="wx-num">{number(heartRate?.mean)}</td>
              <td class="wx-num">{number(heartRate?.low)}</td>
              <td class="wx-num">{number(heartRate?.high)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
