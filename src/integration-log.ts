import type { App } from './app.js';
import { invitationOf } from './db/invitations.js';
import { keptSteps } from './db/onboarding-progress.js';
import { NamedError } from './errors.js';
import type { BackfillProgress } from './workflows/contract.js';
import type { OnboardingStep, ProgressStep } from './workflows/onboarding-contract.js';

/** What is known of an invitation's way at this moment. Steps are only ever added. */
export interface LogReading {
  readonly steps: readonly ProgressStep[];
  /** How much of the history is read back; null when nothing is being read. */
  readonly percent: number | null;
  /** Nothing more will come. */
  readonly isOver: boolean;
}

const ENDS: ReadonlySet<OnboardingStep> = new Set([
  ...(['read back', 'declined', 'expired', 'superseded', 'withdrawn', 'lapsed'] as const),
]);

/**
 * Reads the log of an invitation: from its workflow, and from what that left behind when it is gone. Throws while
 * Temporal, or every worker, is away.
 */
export async function readLog(
  { sql, orchestration }: Pick<App, 'sql' | 'orchestration'>,
  invitationId: number,
): Promise<LogReading> {
  const invitation = await invitationOf(sql, invitationId);
  if (invitation === undefined) throw new NamedError('InvitationUnknown', 'there is no such invitation');
  const running = await orchestration.onboardingProgress(invitationId);
  const kept = (await keptSteps(sql, invitationId)) as readonly ProgressStep[] | undefined;
  const steps = kept ?? running ?? [];
  const has = (step: OnboardingStep) => steps.some((known) => known.step === step);
  // It keeps its steps when it ends, also where no step is an end: a history that is never read to its end.
  const isOver = kept !== undefined || steps.some(({ step }) => ENDS.has(step));
  if (isOver) return { steps, percent: null, isOver };
  if (!has('reading')) return { steps, percent: null, isOver: false };
  const backfill = await orchestration.backfillProgress(invitation.patientId);
  const isRead = backfill === undefined || isEnd(backfill.state);
  return { steps, percent: isRead ? null : backfill.percent, isOver: false };
}

function isEnd(state: BackfillProgress['state']): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}
