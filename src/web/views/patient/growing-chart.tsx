import { dayAndMonth } from '../../components/times.js';
import { figure } from '../../components/words.js';
import type { Reader } from '../../texts/reader.js';
import { areaOf, HEIGHT, lineOf, runsOf, type Scale, scaleTo, WIDTH } from './chart-lines.js';
import { ChartFigures } from './chart-figures.js';
import { dateBefore, today } from './chart-days.js';

/** A day of the chart; `heartRate` in beats per minute. */
export interface ChartedDay {
  readonly daysAgo: number;
  readonly readings: number;
  readonly heartRate: { readonly mean: number; readonly low: number; readonly high: number } | null;
}

export interface ChartProps {
  readonly days: readonly ChartedDay[];
  /** How many days the chart spans, today included. */
  readonly span: number;
  /** So many of them, from today backwards, have been read. */
  readonly done: number;
  readonly now: Date;
  readonly reader: Reader;
}

/**
 * The days before the connection as they are read, from today backwards: heart rate where there is any, else how many
 * readings a day has. Days without data are left out of the line, never drawn as zero.
 */
export function GrowingChart(props: ChartProps) {
  const { span, reader } = props;
  const days = props.days.filter(({ daysAgo }) => daysAgo >= 0 && daysAgo < span);
  const beats = days.some(({ heartRate }) => heartRate !== null);
  const { chart } = reader.texts;
  return (
    <figure class="wx-stack-s">
      <figcaption class="wx-s wx-lines">
        <strong>{beats ? chart.heartRate : chart.readings}</strong>{' '}
        <span class="wx-2">{beats ? chart.heartRateUnit : chart.readingsUnit}</span>
      </figcaption>
      {beats ? <HeartRate {...props} days={days} /> : <Readings {...props} days={days} />}
      {days.length === 0 ? null : <ChartFigures {...props} days={days} />}
    </figure>
  );
}

function HeartRate(props: ChartProps) {
  const { days, span, reader } = props;
  const { chart } = reader.texts;
  const known = days.flatMap(({ daysAgo, heartRate }) =>
    heartRate === null ? [] : [{ x: span - 1 - daysAgo, ...heartRate }],
  );
  const isHigh = known.some(({ high }) => high > 150);
  const scale = scaleTo(span, 30, isHigh ? 210 : 150);
  const means = known.map(({ mean }) => Math.round(mean));
  const described = chart.heartRateBetween(
    figure(Math.min(...means), reader.locale),
    figure(Math.max(...means), reader.locale),
  );
  return (
    <Frame
      {...props}
      scale={scale}
      ticks={isHigh ? [40, 80, 120, 160, 200] : [40, 80, 120]}
      title={chart.heartRate}
      said={described}
    >
      {runsOf(known).map((run) => (
        <>
          <path class="c-heart c-area" d={areaOf(scale, run)} />
          <path class="c-heart c-trace" d={lineOf(scale, run)} />
        </>
      ))}
    </Frame>
  );
}

function Readings(props: ChartProps) {
  const { days, span, reader } = props;
  const { chart } = reader.texts;
  const most = Math.max(10, ...days.map(({ readings }) => readings));
  const top = Math.ceil(most / 10) * 10;
  const scale = scaleTo(span, 0, top);
  const said = days.length === 0 ? chart.nothingYet : chart.readingsUpTo(figure(most, reader.locale));
  const width = (WIDTH / span) * 0.7;
  return (
    <Frame {...props} scale={scale} ticks={[0, top / 2, top]} title={chart.readings} said={said}>
      {days.map(({ daysAgo, readings }) => (
        <rect
          class="c-steps-hue c-bar"
          x={scale.x(span - 1 - daysAgo) - width / 2}
          width={width}
          y={scale.y(readings)}
          height={scale.y(0) - scale.y(readings)}
        />
      ))}
    </Frame>
  );
}

interface FrameProps extends ChartProps {
  readonly scale: Scale;
  readonly ticks: readonly number[];
  readonly title: string;
  /** What the marks show, in a sentence. */
  readonly said: string;
  readonly children?: unknown;
}

/** Axes, the days still to be read, and the words for who cannot see it. */
function Frame({ days, span, done, now, reader, scale, ticks, title, said, children }: FrameProps) {
  const { chart } = reader.texts;
  const first = dateBefore(today(now, reader.zone), span - 1);
  const isBeingRead = done < span;
  const waiting = (100 * (span - done)) / span;
  const gaps = done - days.filter(({ daysAgo }) => daysAgo < done).length;
  const words = [
    said,
    ...(isBeingRead ? [chart.earlierLater] : []),
    ...(gaps > 0 && days.length > 0
      ? [gaps === 1 ? chart.gap : chart.gaps(figure(gaps, reader.locale))]
      : []),
  ];
  return (
    <div class="wx-chart">
      <svg class="wx-y" height={HEIGHT} aria-hidden="true">
        {ticks.map((tick) => (
          <text x="0" y={scale.y(tick) + 4}>
            {figure(tick, reader.locale)}
          </text>
        ))}
      </svg>
      <svg width="100%" height={HEIGHT} role="img" aria-labelledby="growing-t growing-d">
        <title id="growing-t">{chart.title(title, figure(span, reader.locale))}</title>
        <desc id="growing-d">{words.join(' ')}</desc>
        {ticks.map((tick) => (
          <line class={tick === 0 ? 'g g0' : 'g'} x1="0" x2="100%" y1={scale.y(tick)} y2={scale.y(tick)} />
        ))}
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" height={HEIGHT} preserveAspectRatio="none">
          {isBeingRead ? (
            <rect class="c-wait" x="0" y="12" width={(WIDTH * waiting) / 100} height="134" />
          ) : null}
          {children}
        </svg>
        {isBeingRead && waiting > 40 ? (
          <text class="c-note" x={`${waiting / 2}%`} y="83" text-anchor="middle">
            {chart.stillBeingRead}
          </text>
        ) : null}
        <text x="0.3%" y="164" text-anchor="start">
          {dayAndMonth(first, 'UTC', reader.locale)}
        </text>
        <text x="99.7%" y="164" text-anchor="end">
          {chart.today}
        </text>
      </svg>
    </div>
  );
}
