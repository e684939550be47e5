import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleOptions,
} from '@temporalio/client';
import type { Settings } from '../settings.js';
import { ids } from '../workflows/contract.js';
import type { checkAudit } from '../workflows/check-audit.js';
import { began } from '../workflows/search-attributes.js';
import type { heal } from '../workflows/heal.js';
import { siteMemo, wayBack } from '../workflows/way-back.js';
import type { poll } from '../workflows/poll.js';
import type { reconcile } from '../workflows/reconcile.js';

type Wanted = Omit<ScheduleOptions, 'scheduleId'> & { readonly action: { readonly workflowId: string } };

const POLL: keyof { poll: typeof poll } = 'poll';
const HEAL: keyof { heal: typeof heal } = 'heal';
const AUDIT: keyof { checkAudit: typeof checkAudit } = 'checkAudit';
const RECONCILE: keyof { reconcile: typeof reconcile } = 'reconcile';

/** Where a schedule is kept, who does its work, and where the pages are that its runs lead back to. */
export interface Where {
  readonly client: Client;
  readonly taskQueue: string;
  readonly siteUrl: string;
}

/** How often polls come, and by how much each may be late. */
export type PollPace = Pick<Settings, 'ow.poll_interval_minutes' | 'ow.poll_jitter_seconds'>;

/** Makes the poll's schedule what this version and the settings say; an operator's pause is kept. */
export async function ensurePollSchedule(
  { client, taskQueue, siteUrl }: Where,
  pace: PollPace,
): Promise<void> {
  await ensure(client, ids.pollSchedule, {
    spec: {
      intervals: [{ every: `${pace['ow.poll_interval_minutes']} minutes` }],
      jitter: `${pace['ow.poll_jitter_seconds']} seconds`,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '5 minutes', pauseOnFailure: false },
    action: {
      type: 'startWorkflow',
      workflowType: POLL,
      workflowId: ids.pollSchedule,
      taskQueue,
      args: [],
      workflowExecutionTimeout: '6 hours',
      staticSummary: 'Poll: read what is new for every due patient',
      typedSearchAttributes: began('schedule'),
      ...ofSite(siteUrl),
    },
  });
}

/** As `ensurePollSchedule`, for the nightly healing; the night it ends by itself when the setting says so. */
export async function ensureHealSchedule({ client, taskQueue, siteUrl }: Where): Promise<void> {
  await ensure(client, ids.heal, {
    spec: { calendars: [{ hour: 3, minute: 30 }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour', pauseOnFailure: false },
    action: {
      type: 'startWorkflow',
      workflowType: HEAL,
      workflowId: ids.heal,
      taskQueue,
      args: [],
      workflowExecutionTimeout: '20 hours',
      staticSummary: 'Heal: have Open Wearables fetch the last days again',
      typedSearchAttributes: began('schedule'),
      ...ofSite(siteUrl),
    },
  });
}

/** As `ensurePollSchedule`, for the nightly comparison with Open Wearables; on Sundays it reads everything again. */
export async function ensureReconcileSchedule({ client, taskQueue, siteUrl }: Where): Promise<void> {
  await ensure(client, ids.reconcile, {
    spec: { calendars: [{ hour: 2, minute: 30 }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '30 minutes', pauseOnFailure: false },
    action: {
      type: 'startWorkflow',
      workflowType: RECONCILE,
      workflowId: ids.reconcile,
      taskQueue,
      args: [],
      workflowExecutionTimeout: '20 hours',
      staticSummary: 'Reconcile: compare every closed day with Open Wearables',
      typedSearchAttributes: began('schedule'),
      ...ofSite(siteUrl),
    },
  });
}

/** As `ensurePollSchedule`, for the nightly check of the audit trail. */
export async function ensureAuditSchedule({ client, taskQueue, siteUrl }: Where): Promise<void> {
  await ensure(client, ids.audit, {
    spec: { calendars: [{ hour: 4, minute: 30 }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12 hours', pauseOnFailure: false },
    action: {
      type: 'startWorkflow',
      workflowType: AUDIT,
      workflowId: ids.audit,
      taskQueue,
      args: [],
      workflowExecutionTimeout: '20 hours',
      staticSummary: 'Audit: is the trail as it was appended',
      typedSearchAttributes: began('schedule'),
      ...ofSite(siteUrl),
    },
  });
}

function ofSite(siteUrl: string) {
  const memo = siteMemo(siteUrl);
  return { memo: { ...memo }, staticDetails: wayBack(memo) };
}

/** Created when missing, updated when it differs. */
async function ensure(client: Client, scheduleId: string, wanted: Wanted): Promise<void> {
  const handle = client.schedule.getHandle(scheduleId);
  try {
    await handle.update((current) => ({ ...wanted, state: current.state }));
  } catch (thrown) {
    if (!(thrown instanceof ScheduleNotFoundError)) throw thrown;
    await client.schedule.create({ scheduleId, ...wanted }).catch(leaveToTheFirst);
  }
}

/** Another worker that starts at the same moment makes the same schedule. */
function leaveToTheFirst(thrown: unknown): void {
  if (!(thrown instanceof ScheduleAlreadyRunning)) throw thrown;
}
