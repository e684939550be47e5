import type { WorkflowHandle } from '@temporalio/client';
import type { Activities } from '../../src/activities/create.js';
import {
  progressQuery,
  type OnboardingInput,
  type OnboardingPlan,
  type OnboardingStep,
} from '../../src/workflows/onboarding-contract.js';

export const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

/** What an onboarding is told at its start; without a plan of the test it writes no letter. */
export function invitation(
  invitationId: number,
  expiresAt: string,
  plan: Partial<OnboardingPlan> = {},
): OnboardingInput {
  const quiet = { isMailed: false, remindAt: [], remindAfterMs: [], patienceMs: 90_000 };
  return { invitationId, patientId: 7, expiresAt, plan: { ...quiet, ...plan } };
}

export async function stepsOf(handle: WorkflowHandle): Promise<OnboardingStep[]> {
  return (await handle.query(progressQuery)).map(({ step }) => step);
}

/** Everything an onboarding asks for, answered at once; what it wrote and kept. */
export function deskOf(changes: Partial<Activities> = {}) {
  const mails: string[] = [];
  const kept = new Map<number, readonly OnboardingStep[]>();
  const activities: Partial<Activities> = {
    ensureWearablesUser: () => Promise.resolve(),
    expireInvitation: () => Promise.resolve('expired'),
    countUsableDevices: () => Promise.resolve(3),
    awaitFirstRead: () => Promise.resolve('done'),
    sendMail: ({ purpose }) => {
      mails.push(purpose);
      return Promise.resolve('sent');
    },
    keepProgress: ({ invitationId, steps }) => {
      kept.set(
        invitationId,
        steps.map(({ step }) => step),
      );
      return Promise.resolve();
    },
    ...changes,
  };
  return { activities, mails, kept };
}
