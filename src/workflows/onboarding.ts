import { condition, setCurrentDetails, setHandler } from '@temporalio/workflow';
import * as contract from './contract.js';
import { lasting, local } from './proxies.js';

/** Days a patient may take between redeeming the invitation and connecting a wearable. */
const PATIENCE = '90 days';

/** The way of one invitation: redeemed, account at Open Wearables, consents, a connected wearable, first data. */
export async function onboarding(input: contract.OnboardingInput): Promise<contract.OnboardingOutcome> {
  const steps: contract.ProgressStep[] = [];
  const reached = (step: contract.OnboardingStep, provider?: string) => {
    steps.push({ step, at: new Date().toISOString(), ...(provider === undefined ? {} : { provider }) });
    setCurrentDetails(steps.map((entry) => entry.step).join(' → '));
  };
  const has = (step: contract.OnboardingStep) => steps.some((entry) => entry.step === step);
  const once = (step: contract.OnboardingStep) => () => {
    if (!has(step)) reached(step);
  };
  // Before the handlers: a signal may have come first.
  reached('invited');
  setHandler(contract.redeemedSignal, once('redeemed'));
  setHandler(contract.supersededSignal, once('superseded'));
  setHandler(contract.consentedSignal, once('consented'));
  setHandler(contract.connectingSignal, (provider) => {
    reached('connecting', provider);
  });
  setHandler(contract.connectedSignal, (provider) => {
    reached('connected', provider);
  });
  setHandler(contract.progressQuery, () => steps);

  const untilExpiry = Math.max(0, Date.parse(input.expiresAt) - Date.now());
  await condition(() => has('redeemed') || has('superseded'), untilExpiry);
  if (has('superseded')) return 'superseded';
  if (!has('redeemed')) {
    await local.expireInvitation(input.invitationId);
    reached('expired');
    return 'expired';
  }
  await lasting.ensureWearablesUser(input.patientId);
  reached('account ready');
  const connected = await condition(() => has('connected'), PATIENCE);
  if (!connected) return 'expired';
  reached('reading');
  return 'connected';
}
