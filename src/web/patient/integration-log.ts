import type { ServerDeps } from '../../api/env.js';
import { readLog } from '../../integration-log.js';
import type { OnboardingStep, ProgressStep } from '../../workflows/onboarding-contract.js';
import type { LogStep } from '../components/log.js';
import type { Texts } from '../texts/en.js';
import { deviceName } from './devices.js';

const MARKS: Record<OnboardingStep, LogStep['mark']> = {
  invited: 'ok',
  mailed: 'ok',
  'not mailed': 'bad',
  reminded: 'ok',
  redeemed: 'ok',
  declined: 'ok',
  'account ready': 'ok',
  consented: 'ok',
  'devices matched': 'ok',
  connecting: 'busy',
  denied: 'bad',
  failed: 'bad',
  'timed out': 'bad',
  connected: 'ok',
  reading: 'busy',
  'read back': 'ok',
  expired: 'bad',
  superseded: 'bad',
  withdrawn: 'bad',
  lapsed: 'bad',
};

/** The log of an invitation, for the patient and for whoever helps; empty while Temporal is away. */
export async function integrationLog(
  deps: Pick<ServerDeps, 'reading' | 'orchestration'>,
  invitationId: number | null,
  texts: Texts,
): Promise<LogStep[]> {
  if (invitationId === null) return [];
  const { reading: sql, orchestration } = deps;
  const log = await readLog({ sql, orchestration }, invitationId).catch(() => undefined);
  return (log?.steps ?? []).map((step) => lineOf(step, texts));
}

/** A step as a person reads it. */
export function lineOf({ step, at, provider, count }: ProgressStep, { log }: Texts): LogStep {
  const details: Partial<Record<OnboardingStep, string>> = log.details;
  const about = count === undefined ? details[step] : log.usable(String(count));
  const detail = provider === undefined ? about : deviceName(provider);
  return { at: new Date(at), mark: MARKS[step], text: log.steps[step], detail };
}
