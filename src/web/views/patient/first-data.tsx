import { Chip } from '../../components/chip.js';
import type { IconName } from '../../components/icon.js';
import { LookAgain } from '../../components/look-again.js';
import { dayAndMonth } from '../../components/times.js';
import type { Tone } from '../../components/tone.js';
import { figure } from '../../components/words.js';
import type { Texts } from '../../texts/en.js';
import type { Reader } from '../../texts/reader.js';
import { patientPaths } from '../paths.js';
import { type ChartedDay, GrowingChart } from './growing-chart.js';

/** How far the days before the connection have been read. */
export interface ReadBack {
  readonly days: number;
  readonly daysDone: number;
  readonly percent: number;
  /** The day being read. */
  readonly at?: Date | undefined;
  readonly minutesLeft?: number | undefined;
}

/** What has arrived since the connection was made. */
export interface FirstData {
  readonly readings: number;
  readonly byDay: readonly ChartedDay[];
  /** `read`: all days before the connection have been. `resting`: they have not, and nobody is at it. */
  readonly state: 'reading' | 'read' | 'resting';
  readonly readBack: ReadBack;
  readonly now: Date;
}

interface ArrivingProps {
  readonly device: string;
  readonly data: FirstData;
  readonly reader: Reader;
}

/** The first data: on its way, arriving, arrived, or not there yet. Its parts stay in place while they change. */
export function Arriving({ device, data, reader }: ArrivingProps) {
  const { arriving } = reader.texts;
  const { word, title, tone, icon } = standing(data, reader.texts);
  return (
    <section class="card wx-arriving" aria-labelledby="arriving-h">
      <div class="card-header" id="arriving-head" data-live="">
        <h2 id="arriving-h">{title}</h2>
        <span class="wx-push">
          <Chip tone={tone} icon={icon}>
            {word}
          </Chip>
        </span>
      </div>
      <div class="card-body wx-stack-l">
        <div class="wx-stack-s" aria-live="polite" id="arriving-count" data-live="">
          <p class="wx-big">{figure(data.readings, reader.locale)}</p>
          <p class="wx-2">
            {data.readings === 1 ? arriving.readingFrom(device) : arriving.readingsFrom(device)}
          </p>
        </div>
        <div class="wx-stack-s" id="arriving-progress" data-live="">
          <Progress device={device} data={data} reader={reader} />
        </div>
        <div id="arriving-chart" data-live="">
          {data.state !== 'reading' && data.readings === 0 ? null : (
            <GrowingChart
              days={data.byDay}
              span={data.readBack.days}
              done={data.state === 'read' ? data.readBack.days : data.readBack.daysDone}
              now={data.now}
              reader={reader}
            />
          )}
        </div>
        {data.state === 'reading' ? <LookAgain at={patientPaths.complete} texts={reader.texts} /> : null}
      </div>
    </section>
  );
}

interface Standing {
  readonly title: string;
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

function standing({ state, readings }: FirstData, { arriving }: Texts): Standing {
  if (state === 'reading') {
    const title = readings === 0 ? arriving.onItsWay : arriving.arriving;
    return { title, word: arriving.reading, tone: 'busy', icon: 'hourglass-split' };
  }
  if (readings === 0) {
    return { title: arriving.nothingYet, word: arriving.nothingYetWord, tone: 'idle', icon: 'clock' };
  }
  return state === 'read'
    ? { title: arriving.arrived, word: arriving.read, tone: 'ok', icon: 'check-circle-fill' }
    : { title: arriving.arrivedSome, word: arriving.resting, tone: 'idle', icon: 'clock' };
}

function Progress({ device, data, reader: { texts, zone, locale } }: ArrivingProps) {
  const { arriving } = texts;
  const { days, daysDone, at, minutesLeft } = data.readBack;
  const percent = data.state === 'read' ? 100 : data.readBack.percent;
  const number = (count: number) => figure(count, locale);
  return (
    <>
      <div class="d-flex justify-content-between gap-3 wx-s">
        <label for="read-back" class="fw-semibold">
          {days === 1 ? arriving.readingBackDay : arriving.readingBackDays(number(days))}
        </label>
        <span class="wx-num wx-2 wx-nowrap">
          {daysDone === 1
            ? arriving.dayOf(number(percent))
            : arriving.daysOf(number(data.state === 'read' ? days : daysDone), number(percent))}
        </span>
      </div>
      <progress class="wx-progress" id="read-back" value={percent} max="100">
        {arriving.percent(number(percent))}
      </progress>
      <p class="wx-s wx-2 wx-lines">{sentence()}</p>
    </>
  );

  function sentence(): string {
    if (data.state === 'resting') return arriving.rests;
    if (data.state === 'read') {
      return data.readings === 0 ? arriving.nothingFound(device, number(days)) : arriving.allRead;
    }
    if (data.readings === 0) return arriving.usually;
    const where = at === undefined ? arriving.backwards : arriving.backwardsAt(dayAndMonth(at, zone, locale));
    if (minutesLeft === undefined || minutesLeft < 1) return where;
    const left = minutesLeft === 1 ? arriving.aMinuteLeft : arriving.minutesLeft(number(minutesLeft));
    return `${where} ${left}`;
  }
}
