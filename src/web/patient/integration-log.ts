import type { Orchestration } from '../../temporal/orchestration.js';
import type { OnboardingStep, ProgressStep } from '../../workflows/contract.js';
import type { LogStep } from '../components/log.js';
import { deviceName } from './devices.js';

type Words = Pick<LogStep, 'mark' | 'text'> & { readonly detail?: string };

const WORDS: Record<OnboardingStep, Words> = {
  invited: { mark: 'ok', text: 'Invitation sent' },
  redeemed: { mark: 'ok', text: 'Invitation opened in this browser', detail: 'The link is used up now.' },
  'account ready': {
    mark: 'ok',
    text: 'Account for your data prepared',
    detail: 'Under an opaque number, not your name.',
  },
  consented: { mark: 'ok', text: 'Answers saved' },
  connecting: { mark: 'busy', text: 'Sign-in at the maker began' },
  connected: { mark: 'ok', text: 'Connection confirmed' },
  reading: { mark: 'busy', text: 'Reading of the first data began' },
  expired: { mark: 'bad', text: 'Invitation ended' },
  superseded: { mark: 'bad', text: 'A newer invitation replaced this one' },
};

/** The steps of an invitation's onboarding, as its workflow remembers them; empty while Temporal is away. */
export async function integrationLog(
  orchestration: Orchestration,
  invitationId: number | null,
): Promise<LogStep[]> {
  if (invitationId === null) return [];
  const steps = await orchestration.onboardingProgress(invitationId).catch(() => undefined);
  return (steps ?? []).map(line);
}

function line({ step, at, provider }: ProgressStep): LogStep {
  const { mark, text, detail } = WORDS[step];
  const about = provider === undefined ? detail : deviceName(provider);
  return { at: new Date(at), mark, text, ...(about === undefined ? {} : { detail: about }) };
}
