import { ActivityFailure, sleep } from '@temporalio/workflow';
import type { MailOutcome, MailRequest } from './onboarding-contract.js';
import type { OnboardingSteps } from './onboarding-steps.js';
import { mailing } from './proxies.js';

export async function sendInvitation(invitationId: number, steps: OnboardingSteps): Promise<void> {
  const outcome = await send({ kind: 'invitation', invitationId, purpose: `invitation/${invitationId}` });
  steps.reached(outcome === 'sent' ? 'mailed' : 'not mailed');
}

/** Reminds a patient who has not used the invitation; cancelled as soon as it is used or over. */
export async function remindToRedeem(
  invitationId: number,
  times: readonly string[],
  steps: OnboardingSteps,
): Promise<void> {
  for (const [index, time] of times.entries()) {
    await until(Date.parse(time));
    await remind('invitation reminder', invitationId, index, steps);
  }
}

/** Reminds a patient who redeemed and has no connection; cancelled as soon as there is one. */
export async function remindToConnect(
  invitationId: number,
  delaysMs: readonly number[],
  redeemedAt: number,
  steps: OnboardingSteps,
): Promise<void> {
  for (const [index, delay] of delaysMs.entries()) {
    await until(redeemedAt + delay);
    await remind('connect reminder', invitationId, index, steps);
  }
}

async function remind(
  kind: MailRequest['kind'],
  invitationId: number,
  index: number,
  steps: OnboardingSteps,
): Promise<void> {
  const outcome = await send({ kind, invitationId, purpose: `${kind}/${invitationId}/${index + 1}` });
  if (outcome === 'sent') steps.reached('reminded');
}

async function until(time: number): Promise<void> {
  await sleep(Math.max(1, time - Date.now()), { summary: 'Until the next reminder' });
}

/** A mail server that is away for a day loses one letter, not the ones after it. */
async function send(request: MailRequest): Promise<MailOutcome | 'not taken'> {
  try {
    return await mailing.sendMail(request);
  } catch (thrown) {
    if (thrown instanceof ActivityFailure && !isCancelled(thrown)) return 'not taken';
    throw thrown;
  }
}

function isCancelled({ cause }: ActivityFailure): boolean {
  return cause?.name === 'CancelledFailure';
}
