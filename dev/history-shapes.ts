import * as workflows from '../src/workflows/index.js';

/** A run that has ended. */
export interface Run {
  readonly result: unknown;
  /** The history as text, to look for what happened on the way. */
  readonly text: string;
}

/** Which run stands for which shape: the first one that fits is recorded. */
export const shapes: readonly { file: string; fits: (run: Run) => boolean }[] = [
  { file: 'onboarding.connected', fits: ({ result }) => result === 'connected' },
  { file: 'onboarding.expired', fits: ({ result }) => result === 'expired' },
  { file: 'onboarding.superseded', fits: ({ result }) => result === 'superseded' },
  {
    file: 'onboarding.prepared',
    fits: ({ result, text }) => result === 'connected' && text.includes('UPDATE_ACCEPTED'),
  },
  {
    file: 'onboarding.reminded',
    fits: ({ result, text }) => result === 'expired' && text.includes('sendMail'),
  },
  { file: 'onboarding.withdrawn', fits: ({ result }) => result === 'withdrawn' },
  { file: 'onboarding.declined', fits: ({ result }) => result === 'declined' },
  { file: 'onboarding.lapsed', fits: ({ result }) => result === 'lapsed' },
  { file: 'freshLink.sent', fits: ({ result }) => result === 'sent' },
  { file: 'freshLink.nothing-to-open', fits: ({ result }) => result === 'nothing to open' },
  {
    file: 'connect.connected-and-told',
    fits: ({ result, text }) => result === 'connected' && text.includes('EVENT_TYPE_MARKER_RECORDED'),
  },
  { file: 'connect.denied-and-told', fits: ({ text }) => text.includes('"attemptEnded"') },
  { file: 'connect.connected', fits: ({ result }) => result === 'connected' },
  { file: 'connect.denied', fits: ({ result }) => result === 'denied' },
  { file: 'connect.expired', fits: ({ result }) => result === 'expired' },
  { file: 'connect.superseded', fits: ({ result }) => result === 'superseded' },
  { file: 'poll.complete', fits: ({ text }) => text.includes('CHILD_WORKFLOW_EXECUTION_COMPLETED') },
  { file: 'poll.refused', fits: ({ result }) => message(result).startsWith('OW poll skipped') },
  { file: 'poll.aborted', fits: ({ result }) => message(result).startsWith('ow_poll aborted') },
  { file: 'poll.idle', fits: (run) => message(run.result).startsWith('OW poll complete') && !hasChild(run) },
  { file: 'poll.key-refused', fits: ({ text }) => text.includes('EVENT_TYPE_MARKER_RECORDED') },
  { file: 'pollShard.key-refused', fits: ({ text }) => text.includes('EVENT_TYPE_MARKER_RECORDED') },
  { file: 'heal.healed', fits: ({ result }) => field(result, 'healed') === 1 },
  { file: 'reconcile.complete', fits: ({ result }) => field(result, 'isComplete') === true },
  {
    file: 'reconcile.could-not-read',
    fits: ({ result }) => message(result).includes('not read: 1 NotFound'),
  },
  { file: 'reconcile.key-refused', fits: ({ result }) => message(result).startsWith('ow_reconcile aborted') },
  { file: 'reconcile.refused', fits: ({ result }) => message(result).startsWith('OW reconcile skipped') },
  { file: 'pollShard.complete', fits: ({ text }) => text.includes('CHILD_WORKFLOW_EXECUTION_COMPLETED') },
  { file: 'pollShard.read-together', fits: ({ text }) => text.includes('"readBatch"') },
  { file: 'pollShard.in-flight', fits: ({ text }) => text.includes('START_CHILD_WORKFLOW_EXECUTION_FAILED') },
  { file: 'pollPatient.new-data', fits: ({ result }) => field(result, 'outcome') === 'new data' },
  { file: 'pollPatient.not-consented', fits: ({ result }) => field(result, 'outcome') === 'not consented' },
  { file: 'pollPatient.could-not-read', fits: ({ result }) => field(result, 'outcome') === 'could not read' },
  {
    file: 'pollPatient.at-once',
    fits: ({ result, text }) =>
      field(result, 'outcome') === 'nothing new' && !text.includes('ACTIVITY_TASK_SCHEDULED'),
  },
  {
    file: 'pollPatient.rest-in-steps',
    fits: ({ text }) => text.includes('"readSamples"') && !text.includes('"checkConsent"'),
  },
  {
    file: 'pollPatient.would-fail-again',
    fits: ({ result, text }) =>
      field(result, 'outcome') === 'could not read' && !text.includes('"checkConsent"'),
  },
  { file: 'pollPatient.read-once-more', fits: ({ text }) => text.includes('TIMER_STARTED') },
  {
    file: 'backfill.after-connect',
    fits: ({ result, text }) => field(result, 'state') === 'done' && text.includes('vendorHistoryFetched'),
  },
  {
    file: 'backfill.paused-and-resumed',
    fits: ({ result, text }) => field(result, 'state') === 'done' && text.includes('"resume"'),
  },
  { file: 'backfill.cancelled', fits: ({ result }) => field(result, 'state') === 'cancelled' },
  { file: 'backfill.merged', fits: ({ text }) => text.split('"requestBackfill"').length > 2 },
  { file: 'backfill.ended-in-place', fits: ({ text }) => text.includes('core_local_activity') },
  {
    file: 'backfill.read-in-place',
    fits: ({ result, text }) =>
      field(result, 'state') === 'done' && !text.includes('ACTIVITY_TASK_SCHEDULED'),
  },
  { file: 'backfill.cancelled-in-a-window', fits: ({ text }) => text.includes('TASK_CANCEL_REQUESTED') },
  { file: 'backfill.continues', fits: ({ text }) => text.includes('EXECUTION_CONTINUED_AS_NEW') },
  { file: 'backfill.continued', fits: ({ text }) => text.includes('"continuedExecutionRunId"') },
  { file: 'disconnect.disconnected', fits: ({ result }) => result === 'disconnected' },
  { file: 'disconnect.purged', fits: ({ result }) => result === 'purged' },
  { file: 'disconnect.still-needed', fits: ({ result }) => result === 'still needed' },
  { file: 'erasure.complete', fits: ({ result }) => field(result, 'openWearables') === 'no account' },
  { file: 'erasure.told', fits: ({ text }) => text.includes('"mailErasure"') },
  { file: 'erasure.partial', fits: ({ result }) => field(result, 'openWearables') === 'remains' },
  ...Object.keys(workflows).map((type) => ({ file: `${type}.found-by-outcome`, fits: hasOutcome })),
];

/** What is found by its outcome is also told to its children, summarized, and leads back to our pages. */
function hasOutcome({ text }: Run): boolean {
  return text.includes('"Outcome"');
}

function hasChild({ text }: Run): boolean {
  return text.includes('START_CHILD_WORKFLOW_EXECUTION_INITIATED');
}

export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function message(result: unknown): string {
  return String(field(result, 'message'));
}
