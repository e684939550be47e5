import { type BackfillProgress, ids } from '../../../../workflows/contract.js';
import { Icon } from '../../../components/icon.js';
import { PostForm } from '../../../components/post-form.js';
import { clockTime } from '../../../components/times.js';
import { figure } from '../../../components/words.js';
import { adminPaths } from '../../paths.js';
import { temporalAddress, TemporalLink, type TemporalUi } from './temporal-link.js';

export interface RunningBackfill {
  readonly patientId: number;
  /** Undefined when no worker answers. */
  readonly progress: BackfillProgress | undefined;
}

interface BackfillsProps {
  readonly backfills: readonly RunningBackfill[];
  readonly zone: string;
  readonly temporal: TemporalUi;
  readonly csrf: string;
}

/** History that is being read back, with its progress and what may be done about it. */
export function BackfillsCard({ backfills, zone, temporal, csrf }: BackfillsProps) {
  return (
    <section class="card overflow-hidden" aria-labelledby="backfills-h">
      <div class="card-header">
        <h2 id="backfills-h">Backfills</h2>
        <span class="wx-push">
          <a class="btn btn-outline-secondary btn-sm" href={adminPaths.backfill}>
            Read history back
          </a>
        </span>
      </div>
      {backfills.length === 0 ? (
        <p class="card-body wx-2">Nobody's history is being read back.</p>
      ) : (
        <ul class="wx-list is-ruled">
          {backfills.map((backfill) => (
            <Line {...{ backfill, zone, temporal, csrf }} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface LineProps {
  readonly backfill: RunningBackfill;
  readonly zone: string;
  readonly temporal: TemporalUi;
  readonly csrf: string;
}

function Line({ backfill: { patientId, progress }, zone, temporal, csrf }: LineProps) {
  const isPaused = progress?.state === 'paused';
  const bar = `backfill-${patientId}`;
  return (
    <li class="wx-stack-s">
      <div class="wx-row">
        <a href={`${adminPaths.patients}/${patientId}`} class="fw-semibold py-1 wx-num">
          {patientId}
        </a>
        <label for={bar} class="wx-s wx-2">
          {progress === undefined ? 'no worker answers' : stateOf(progress)}
        </label>
        <PostForm
          action={adminPaths.steerBackfill}
          csrf={csrf}
          hidden={{ patient: String(patientId) }}
          class="wx-actions wx-push"
        >
          <button class="btn btn-outline-secondary btn-sm" name="do" value={isPaused ? 'resume' : 'pause'}>
            <Icon name={isPaused ? 'play-fill' : 'pause-fill'} />
            {isPaused ? 'Resume' : 'Pause'}
            <span class="visually-hidden"> {patientId}</span>
          </button>
          <button class="btn btn-outline-danger btn-sm" name="do" value="cancel">
            Cancel<span class="visually-hidden"> {patientId}</span>
          </button>
        </PostForm>
      </div>
      <progress class="wx-progress is-s" id={bar} value={String(progress?.percent ?? 0)} max="100">
        {progress?.percent ?? 0} %
      </progress>
      <div class="wx-row wx-xs">
        {progress === undefined ? null : <span class="wx-2 wx-num">{pace(progress, zone)}</span>}
        <span class="wx-push">
          <TemporalLink href={temporalAddress(temporal, { id: ids.backfill(patientId) })}>
            Open in Temporal<span class="visually-hidden"> {patientId}</span>
          </TemporalLink>
        </span>
      </div>
    </li>
  );
}

function stateOf({ state, daysDone, daysTotal }: BackfillProgress): string {
  return `${state}, ${figure(Math.round(daysDone))} of ${figure(Math.round(daysTotal))} days`;
}

function pace({ percent, created, rate, eta }: BackfillProgress, zone: string): string {
  return [
    `${percent} %`,
    `${figure(created)} new`,
    ...(rate === null ? [] : [`${figure(rate)} samples a second`]),
    ...(eta === null ? [] : [`ends about ${clockTime(new Date(eta), zone)}`]),
  ].join(', ');
}
