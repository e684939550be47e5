import type { Orchestration } from '../../temporal/orchestration.js';
import type { OnboardingStep, ProgressStep } from '../../workflows/contract.js';
import type { LogStep } from '../components/log.js';
import type { Texts } from '../texts/en.js';
import { deviceName } from './devices.js';

const MARKS: Record<OnboardingStep, LogStep['mark']> = {
  invited: 'ok',
  redeemed: 'ok',
  'account ready': 'ok',
  consented: 'ok',
  connecting: 'busy',
  connected: 'ok',
  reading: 'busy',
  expired: 'bad',
  superseded: 'bad',
};

/** The steps of an invitation's onboarding, as its workflow remembers them; empty while Temporal is away. */
export async function integrationLog(
  orchestration: Orchestration,
  invitationId: number | null,
  texts: Texts,
): Promise<LogStep[]> {
  if (invitationId === null) return [];
  const steps = await orchestration.onboardingProgress(invitationId).catch(() => undefined);
  return (steps ?? []).map((step) => line(step, texts));
}

function line({ step, at, provider }: ProgressStep, { log }: Texts): LogStep {
  const details: Partial<Record<OnboardingStep, string>> = log.details;
  const detail = provider === undefined ? details[step] : deviceName(provider);
  return { at: new Date(at), mark: MARKS[step], text: log.steps[step], detail };
}
