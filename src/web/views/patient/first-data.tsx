import { Chip } from '../../components/chip.js';
import { Icon } from '../../components/icon.js';
import { counted, figure } from '../../components/words.js';
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
}

/** The first data: still on its way, or so many readings so far. */
export function Arriving({ device, data }: ArrivingProps) {
  const done = data.readBack !== undefined && data.readBack.daysDone >= data.readBack.days;
  const title =
    data.readings === 0
      ? 'Your first data is on its way'
      : done
        ? 'Your data has arrived'
        : 'Your first data is arriving';
  return (
    <section class="card" aria-labelledby="arriving-h">
      <div class="card-header">
        <h2 id="arriving-h">{title}</h2>
        <span class="wx-push">
          {done && data.readings > 0 ? (
            <Chip tone="ok" icon="check-circle-fill">
              Read
            </Chip>
          ) : (
            <Chip tone="busy" icon="hourglass-split">
              Reading
            </Chip>
          )}
        </span>
      </div>
      <div class="card-body wx-stack-l">
        {data.readings === 0 ? (
          <p>Connected. The first data usually arrives within 10 minutes.</p>
        ) : (
          <div class="wx-row align-items-end" aria-live="polite">
            <p class="wx-big">{figure(data.readings)}</p>
            <p class="wx-2 pb-1">
              {data.readings === 1 ? 'reading' : 'readings'} from {device} so far
            </p>
          </div>
        )}
        {data.readBack === undefined ? null : <ReadBack {...data.readBack} />}
        {done ? null : (
          <p>
            <a class="btn btn-outline-secondary" href={patientPaths.complete}>
              <Icon name="arrow-clockwise" />
              Look again
            </a>
          </p>
        )}
      </div>
    </section>
  );
}

function ReadBack({ daysDone, days }: { readonly daysDone: number; readonly days: number }) {
  const percent = Math.floor((100 * Math.min(daysDone, days)) / Math.max(days, 1));
  return (
    <div class="wx-stack-s">
      <div class="d-flex justify-content-between gap-3 wx-s">
        <label for="read-back" class="fw-semibold">
          Reading back {counted(days, 'day')}
        </label>
        <span class="wx-num wx-2 wx-nowrap">
          {counted(daysDone, 'day')}, {percent} %
        </span>
      </div>
      <progress class="wx-progress" id="read-back" value={percent} max="100">
        {percent} %
      </progress>
      <p class="wx-s wx-2">From today backwards. You may close this page, it goes on without it.</p>
    </div>
  );
}
