import { setTimeout as pause } from 'node:timers/promises';
import { ensureAccount } from '../src/accounts.js';
import { until } from './journey/until.js';
import type { World } from './world.js';

const DAY_MS = 86_400_000;

/** Ids far away from those of real invitations. */
export async function playInvitations({ app: { orchestration } }: World, patientId: number): Promise<void> {
  const later = new Date(Date.now() + DAY_MS).toISOString();
  const soon = new Date(Date.now() + 2_000).toISOString();
  await orchestration.startOnboarding({ invitationId: 900_001, patientId, expiresAt: later }, null);
  await until(
    'the invitation is out',
    async () => (await orchestration.onboardingProgress(900_001))?.length === 1,
  );
  await orchestration.startOnboarding({ invitationId: 900_002, patientId, expiresAt: soon }, 900_001);
  await pause(3_000);
}

/** Plans with short times; a plan is what a real invitation gets from its setting. */
export async function playLetters(
  { app: { orchestration } }: World,
  linked: number,
  other: number,
): Promise<void> {
  const soon = () => new Date(Date.now() + 2_000).toISOString();
  const plan = { isMailed: true, remindAt: [soon()], remindAfterMs: [500], patienceMs: 2_000 };
  const begin = (invitationId: number, expiresAt: string) =>
    orchestration.startOnboarding({ invitationId, patientId: other, expiresAt, plan }, null);
  await begin(900_011, new Date(Date.now() + 3_000).toISOString());
  await begin(900_012, new Date(Date.now() + DAY_MS).toISOString());
  await until('the invitation is out', async () => orchestration.onboardingProgress(900_012));
  await orchestration.withdrawn(900_012);
  await begin(900_013, new Date(Date.now() + DAY_MS).toISOString());
  await until('the invitation is out', async () => orchestration.onboardingProgress(900_013));
  await orchestration.redeemed(900_013);
  await begin(900_014, new Date(Date.now() + DAY_MS).toISOString());
  await until('the invitation is out', async () => orchestration.onboardingProgress(900_014));
  await orchestration.declined(900_014);
  await orchestration.mailFreshLink({ patientId: linked, requestId: 'recorded-1' });
  await orchestration.mailFreshLink({ patientId: other, requestId: 'recorded-2' });
  const isOver = (invitationId: number, end: string) =>
    until(`the invitation is ${end}`, async () =>
      (await orchestration.onboardingProgress(invitationId))?.some(({ step }) => step === end),
    );
  await Promise.all([isOver(900_011, 'expired'), isOver(900_013, 'lapsed'), isOver(900_014, 'declined')]);
}

export async function playAttempts({ app }: World, patientId: number): Promise<void> {
  await ensureAccount(app, patientId);
  const { orchestration } = app;
  const attempts = ['denied', 'superseded', 'expired'].map((name, index) => ({
    attemptId: `00000000-0000-4000-8000-00000000000${index}`,
    patientId,
    provider: 'oura',
    expiresAt: new Date(Date.now() + (name === 'expired' ? 1_000 : 900_000)).toISOString(),
    connectionBefore: null,
    onboardingId: name === 'denied' ? 'onboarding/900011' : null,
    name,
  }));
  for (const { name, ...attempt } of attempts) {
    const superseded = name === 'expired' ? (attempts[1]?.attemptId ?? null) : null;
    await orchestration.startConnect(attempt, superseded);
    await until(
      'the attempt is open',
      async () => (await orchestration.connectOutcome(attempt.attemptId)) === 'pending',
    );
  }
  const isOver = async (attemptId: string) => (await orchestration.connectOutcome(attemptId)) !== 'pending';
  for (const { name, attemptId } of attempts) {
    if (name === 'denied') await orchestration.refused(attemptId, 'denied');
    await until(`the attempt is ${name}`, () => isOver(attemptId));
  }
}
