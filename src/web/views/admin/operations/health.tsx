import type { PatientInNeed } from '../../../../db/attention.js';
import type { Poll } from '../../../../db/polls.js';
import type { Verdict } from '../../../../health/health.js';
import { FormDone } from '../../../components/form-result.js';
import { Icon } from '../../../components/icon.js';
import { PostForm } from '../../../components/post-form.js';
import { counted, figure } from '../../../components/words.js';
import { adminPaths } from '../../paths.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { AttentionTable } from './attention-table.js';
import { BackfillsCard, type RunningBackfill } from './backfills-card.js';
import { ChecksCard, Troubles } from './checks.js';
import { MakersCard } from './makers-card.js';
import { PollsCard } from './polls-card.js';
import { temporalAddress, TemporalLink, type TemporalUi } from './temporal-link.js';
import { dayAndTime, duration } from './times.js';

/** What the last form did. */
interface Done {
  readonly text: string;
  /** What it started: the query that finds it in Temporal. */
  readonly query?: string;
}

export interface HealthProps {
  readonly frame: StaffFrame;
  readonly temporal: TemporalUi;
  readonly verdict: Verdict;
  /** Of the last 24 hours, the newest first; what cannot be read at the moment is undefined. */
  readonly polls: readonly Poll[] | undefined;
  readonly attention:
    { readonly patients: readonly PatientInNeed[]; readonly next: string | null } | undefined;
  readonly backfills: readonly RunningBackfill[];
  readonly now: Date;
  readonly done?: Done | undefined;
}

/** For operators: is all well, what the polls did, who needs attention, and the levers. */
export function HealthPage(props: HealthProps) {
  const { frame, temporal, verdict, polls = [], attention, backfills, now, done } = props;
  const { zone, csrf } = frame;
  const age = duration(now.getTime() - verdict.facts.at.getTime());
  return (
    <StaffLayout frame={frame} title="Sync health" here="health">
      <div class="wx-head">
        <div>
          <h1>Sync health</h1>
          <p class="wx-2">
            {verdict.isWell ? 'All is well.' : 'Something needs a look.'} Checked {age} ago. This page
            refreshes itself.
          </p>
        </div>
        <Levers verdict={verdict} csrf={csrf} />
      </div>
      {done === undefined ? null : <DoneNote done={done} temporal={temporal} />}
      <Troubles checks={verdict.checks} />
      <Stats verdict={verdict} polls={polls} zone={zone} />
      <ChecksCard checks={verdict.checks} />
      <PollsCard {...{ polls, zone, temporal, now }} />
      {attention === undefined ? null : (
        <section class="card overflow-hidden" aria-labelledby="attention-h">
          <div class="card-header">
            <h2 id="attention-h">Patients that need attention</h2>
            <span class="wx-s wx-2">in all organizations, the worst first</span>
          </div>
          <AttentionTable {...attention} zone={zone} isOperator />
        </section>
      )}
      <div class="wx-two">
        <MakersCard providers={verdict.facts.providers} now={now} />
        <BackfillsCard {...{ backfills, zone, temporal, csrf }} />
      </div>
    </StaffLayout>
  );
}

function DoneNote({
  done: { text, query },
  temporal,
}: {
  readonly done: Done;
  readonly temporal: TemporalUi;
}) {
  return (
    <FormDone text={text}>
      {query === undefined ? null : (
        <TemporalLink href={temporalAddress(temporal, { query })}>Open in Temporal</TemporalLink>
      )}
    </FormDone>
  );
}

function Levers({ verdict, csrf }: { readonly verdict: Verdict; readonly csrf: string }) {
  const poll = verdict.facts.schedules?.find(({ name }) => name === 'poll');
  const isPaused = poll?.state === 'paused';
  return (
    <div class="wx-actions">
      <PostForm action={adminPaths.steerSchedule} csrf={csrf} class="wx-actions">
        <button class="btn btn-primary" name="do" value="run">
          <Icon name="play-fill" />
          Run now
        </button>
        <button class="btn btn-outline-secondary" name="do" value={isPaused ? 'resume' : 'pause'}>
          <Icon name={isPaused ? 'play-fill' : 'pause-fill'} />
          {isPaused ? 'Resume schedule' : 'Pause schedule'}
        </button>
      </PostForm>
      <PostForm action={adminPaths.reconcile} csrf={csrf}>
        <button class="btn btn-outline-secondary">Compare counts now</button>
      </PostForm>
    </div>
  );
}

interface StatsProps {
  readonly verdict: Verdict;
  readonly polls: readonly Poll[];
  readonly zone: string;
}

function Stats({ verdict: { facts }, polls, zone }: StatsProps) {
  const schedule = facts.schedules?.find(({ name }) => name === 'poll');
  const last = polls.find(({ endedAt }) => endedAt !== null);
  const sum = (count: (poll: Poll) => number) =>
    figure(polls.reduce((total, poll) => total + count(poll), 0));
  const notRead = facts.notRead?.reduce((total, { patients }) => total + patients, 0);
  const states = { on: 'On', paused: 'Paused', missing: 'Missing' };
  return (
    <dl class="wx-stats">
      <Stat
        term="Schedule"
        value={schedule === undefined ? 'Not known' : states[schedule.state]}
        more={schedule?.nextAt ? `next at ${dayAndTime(schedule.nextAt, zone)}` : 'no poll is planned'}
      />
      <Stat
        term="Last poll"
        value={last?.endedAt ? duration(last.endedAt.getTime() - last.startedAt.getTime()) : '–'}
        more={
          last === undefined
            ? 'none in 24 hours'
            : `${figure(last.read)} of ${counted(last.due, 'patient')} due`
        }
      />
      <Stat
        term="Stored in 24 hours"
        value={sum(({ created }) => created)}
        more={`${sum(({ amended }) => amended)} amended, ${sum(({ rejected }) => rejected)} rejected`}
      />
      <Stat
        term="Could not be read"
        value={notRead === undefined ? '–' : figure(notRead)}
        more={(facts.notRead ?? []).map(({ kind, patients }) => `${patients} ${kind}`).join(', ') || 'nobody'}
      />
    </dl>
  );
}

function Stat({
  term,
  value,
  more,
}: {
  readonly term: string;
  readonly value: string;
  readonly more: string;
}) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {value}
        <small>{more}</small>
      </dd>
    </div>
  );
}
