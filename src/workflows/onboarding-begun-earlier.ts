import { condition } from '@temporalio/workflow';
import type { OnboardingInput, OnboardingOutcome } from './onboarding-contract.js';
import type { OnboardingSteps } from './onboarding-steps.js';
import { lasting, local } from './proxies.js';

const PATIENCE = '90 days';

/** The way of an invitation that an earlier version began: it writes no letters and ends with the connection. */
export async function onboardingBegunEarlier(
  input: OnboardingInput,
  steps: OnboardingSteps,
): Promise<OnboardingOutcome> {
  const untilExpiry = Math.max(0, Date.parse(input.expiresAt) - Date.now());
  await condition(() => steps.has('redeemed', 'superseded'), untilExpiry, {
    summary: 'Until the invitation expires',
  });
  if (steps.has('superseded')) return 'superseded';
  if (!steps.has('redeemed')) {
    await local.expireInvitation(input.invitationId);
    steps.reached('expired');
    return 'expired';
  }
  await lasting.ensureWearablesUser(input.patientId);
  steps.reached('account ready');
  const connected = await condition(() => steps.has('connected'), PATIENCE, {
    summary: 'Until nobody waits for a connection any more',
  });
  if (!connected) {
    steps.reached('lapsed');
    return 'expired';
  }
  steps.reached('reading');
  return 'connected';
}
