import { Chip } from '../../components/chip.js';
import { Icon } from '../../components/icon.js';
import { PostForm } from '../../components/post-form.js';
import { Time } from '../../components/time.js';
import { clockTime, shortDate } from '../../components/times.js';
import { counted, figure } from '../../components/words.js';
import { adminPaths } from '../paths.js';
import type { StaffFrame } from './staff-layout.js';

/** One finished poll, in counts: seen = created + amended + unchanged + rejected. */
export interface PollSummary {
  readonly endedAt: Date;
  readonly patients: number;
  readonly created: number;
  readonly amended: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Patients whose data could not be read; they are tried again. */
  readonly couldNotRead: number;
}

export interface Operations {
  /** Whether Open Wearables is polled at all (setting `module.ow`). */
  readonly moduleOn: boolean;
  readonly lastPoll?: PollSummary | undefined;
  /** Undefined while the schedule is paused, missing or out of reach. */
  readonly nextPollAt?: Date | undefined;
}

interface OperatorBoxProps {
  readonly operations: Operations;
  readonly frame: StaffFrame;
}

/** For operators: whether the machine runs, what the last poll did, and where to look closer. Posts `on` = `true` or `false`. */
export function OperatorBox({ operations: { moduleOn, lastPoll, nextPollAt }, frame }: OperatorBoxProps) {
  return (
    <section class="card" aria-labelledby="operations-h">
      <div class="card-header">
        <h2 id="operations-h">Open Wearables</h2>
        {moduleOn ? (
          <Chip tone="ok" icon="check-circle-fill">
            On
          </Chip>
        ) : (
          <Chip tone="warn" icon="stop-circle">
            Off
          </Chip>
        )}
      </div>
      <div class="card-body wx-stack">
        <p>
          {lastPoll === undefined ? null : <LastPoll poll={lastPoll} zone={frame.zone} />}{' '}
          <NextPoll at={nextPollAt} zone={frame.zone} />
        </p>
        {moduleOn ? null : (
          <p class="wx-2">Nothing is read while it is off. Nothing is lost: the next poll catches up.</p>
        )}
        <div class="wx-actions">
          <PostForm action={adminPaths.module} csrf={frame.csrf} hidden={{ on: String(!moduleOn) }}>
            <button class={`btn ${moduleOn ? 'btn-outline-secondary' : 'btn-primary'}`}>
              {moduleOn ? 'Turn off' : 'Turn on'}
            </button>
          </PostForm>
          <a class="btn btn-outline-secondary" href={frame.temporalUrl}>
            <Icon name="box-arrow-up-right" />
            Temporal
          </a>
          <a class="btn btn-outline-secondary" href={frame.apiDocsUrl}>
            <Icon name="journal-medical" />
            API
          </a>
        </div>
      </div>
    </section>
  );
}

function NextPoll({ at, zone }: { readonly at: Date | undefined; readonly zone: string }) {
  if (at === undefined) return <>No poll is scheduled: Temporal tells why.</>;
  return (
    <>
      The next poll begins <Time at={at} zone={zone} as={dayAndTime} />.
    </>
  );
}

function dayAndTime(at: Date, zone: string): string {
  return `${shortDate(at, zone)}, ${clockTime(at, zone)}`;
}

function LastPoll({ poll, zone }: { readonly poll: PollSummary; readonly zone: string }) {
  return (
    <>
      Last poll ended <Time at={poll.endedAt} zone={zone} as={dayAndTime} />:{' '}
      {counted(poll.patients, 'patient')}, {figure(poll.created)} new, {figure(poll.amended)} amended,{' '}
      {figure(poll.unchanged)} unchanged, {figure(poll.rejected)} rejected.
      {poll.couldNotRead === 0
        ? null
        : ` ${counted(poll.couldNotRead, 'patient')} could not be read, retried.`}
    </>
  );
}
