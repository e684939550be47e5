import type { App } from './app.js';
import { unfinishedAttempts, type UnfinishedAttempt } from './db/connect-attempts.js';
import { unfinishedOnboardings, type UnfinishedOnboarding } from './db/unfinished-onboardings.js';
import { onboardingOf } from './invitations.js';
import { begun, type Resumed, resumeUnfinished, type Unfinished } from './unfinished.js';
import { ids } from './workflows/contract.js';
import type { OnboardingStep, ProgressStep } from './workflows/onboarding-contract.js';

export type Recovered = Record<Unfinished | 'onboardings' | 'connects', Resumed>;

/**
 * Makes of an empty Temporal what the database says it should hold: the schedules, and a run of everything that has not
 * ended. Running it again, or beside a Temporal that lost nothing, begins nothing twice.
 */
export async function recover(
  app: Pick<App, 'sql' | 'settings' | 'orchestration' | 'ensureSchedule'>,
): Promise<Recovered> {
  const { sql, settings, orchestration } = app;
  await app.ensureSchedule();
  const inForce = await settings.read();
  return {
    ...(await resumeUnfinished(app, 0)),
    // Before the attempts, which tell them how they end.
    onboardings: await begun(await unfinishedOnboardings(sql), (one) =>
      orchestration.resumeOnboarding({
        ...onboardingOf({ ...one, id: one.invitationId }, inForce, one.isMailed),
        reached: stepsOf(one),
      }),
    ),
    connects: await begun(await unfinishedAttempts(sql), (one) =>
      orchestration.resumeConnect(connectOf(one)),
    ),
  };
}

/** What the database knows of an onboarding's way so far. */
function stepsOf(one: UnfinishedOnboarding): ProgressStep[] {
  const { issuedAt, redeemedAt, consentedAt, connectedAt, provider } = one;
  const about = provider === null ? {} : { provider };
  return [
    ...stepAt('invited', issuedAt),
    ...stepAt('redeemed', redeemedAt),
    ...stepAt('consented', consentedAt),
    ...stepAt('connected', connectedAt).map((step) => ({ ...step, ...about })),
  ];
}

function stepAt(step: OnboardingStep, at: Date | null): ProgressStep[] {
  return at === null ? [] : [{ step, at: at.toISOString() }];
}

function connectOf({ invitationId, expiresAt, ...attempt }: UnfinishedAttempt) {
  return {
    ...attempt,
    expiresAt: expiresAt.toISOString(),
    onboardingId: invitationId === null ? null : ids.onboarding(invitationId),
  };
}
