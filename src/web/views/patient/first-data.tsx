import { Chip } from '../../components/chip.js';
import { Icon } from '../../components/icon.js';
import { figure } from '../../components/words.js';
import type { Reader } from '../../texts/reader.js';
import { patientPaths } from '../paths.js';

/** What has arrived since the connection was made. */
export interface FirstData {
  readonly readings: number;
  /** How far the days before the connection have been read; absent where none are read. */
  readonly readBack?: { readonly daysDone: number; readonly days: number } | undefined;
}

interface ArrivingProps {
  readonly device: string;
  readonly data: FirstData;
  readonly reader: Reader;
}

/** The first data: still on its way, or so many readings so far. */
export function Arriving({ device, data, reader }: ArrivingProps) {
  const { texts, locale } = reader;
  const { arriving } = texts;
  const done = data.readBack !== undefined && data.readBack.daysDone >= data.readBack.days;
  const title = data.readings === 0 ? arriving.onItsWay : done ? arriving.arrived : arriving.arriving;
  return (
    <section class="card" aria-labelledby="arriving-h">
      <div class="card-header">
        <h2 id="arriving-h">{title}</h2>
        <span class="wx-push">
          {done && data.readings > 0 ? (
            <Chip tone="ok" icon="check-circle-fill">
              {arriving.read}
            </Chip>
          ) : (
            <Chip tone="busy" icon="hourglass-split">
              {arriving.reading}
            </Chip>
          )}
        </span>
      </div>
      <div class="card-body wx-stack-l">
        {data.readings === 0 ? (
          <p>{arriving.usually}</p>
        ) : (
          <div class="wx-row align-items-end" aria-live="polite">
            <p class="wx-big">{figure(data.readings, locale)}</p>
            <p class="wx-2 pb-1">
              {data.readings === 1 ? arriving.readingFrom(device) : arriving.readingsFrom(device)}
            </p>
          </div>
        )}
        {data.readBack === undefined ? null : <ReadBack {...data.readBack} reader={reader} />}
        {done ? null : (
          <p>
            <a class="btn btn-outline-secondary" href={patientPaths.complete}>
              <Icon name="arrow-clockwise" />
              {texts.complete.lookAgain}
            </a>
          </p>
        )}
      </div>
    </section>
  );
}

interface ReadBackProps {
  readonly daysDone: number;
  readonly days: number;
  readonly reader: Reader;
}

function ReadBack({ daysDone, days, reader }: ReadBackProps) {
  const { texts, locale } = reader;
  const { arriving } = texts;
  const done = figure(daysDone, locale);
  const percent = Math.floor((100 * Math.min(daysDone, days)) / Math.max(days, 1));
  return (
    <div class="wx-stack-s">
      <div class="d-flex justify-content-between gap-3 wx-s">
        <label for="read-back" class="fw-semibold">
          {days === 1 ? arriving.readingBackDay : arriving.readingBackDays(figure(days, locale))}
        </label>
        <span class="wx-num wx-2 wx-nowrap">
          {daysDone === 1 ? arriving.dayOf(`${percent}`) : arriving.daysOf(done, `${percent}`)}
        </span>
      </div>
      <progress class="wx-progress" id="read-back" value={percent} max="100">
        {arriving.percent(`${percent}`)}
      </progress>
      <p class="wx-s wx-2">{arriving.backwards}</p>
    </div>
  );
}
