import { allHandlersFinished, CancellationScope, condition, patched, setHandler } from '@temporalio/workflow';
import * as contract from './onboarding-contract.js';
import { onboardingBegunEarlier } from './onboarding-begun-earlier.js';
import { remindToConnect, remindToRedeem, sendInvitation } from './onboarding-letters.js';
import { OnboardingSteps } from './onboarding-steps.js';
import { setOutcome } from './outcome.js';
import { lasting, local } from './proxies.js';

/** The way of one invitation: redeemed, account at Open Wearables, consents, a connected wearable, first data. */
export async function onboarding(input: contract.OnboardingInput): Promise<contract.OnboardingOutcome> {
  const steps = new OnboardingSteps(input.reached);
  listen(steps);
  if (input.plan === undefined || !patched('onboarding-writes-letters'))
    return onboardingBegunEarlier(input, steps);

  const outcome = await wayOf(input, input.plan, steps);
  await local.keepProgress({ invitationId: input.invitationId, steps: steps.all });
  await condition(allHandlersFinished);
  setOutcome(outcome);
  return outcome;
}

async function wayOf(
  input: contract.OnboardingInput,
  plan: contract.OnboardingPlan,
  steps: OnboardingSteps,
): Promise<contract.OnboardingOutcome> {
  const { invitationId, patientId } = input;
  await alongside(
    async () => {
      if (plan.isMailed) await sendInvitation(invitationId, steps);
      await remindToRedeem(invitationId, plan.remindAt, steps);
    },
    () =>
      condition(
        () => steps.has('redeemed', 'declined', 'superseded', 'withdrawn'),
        Math.max(1, Date.parse(input.expiresAt) - Date.now()),
        { summary: 'Until the invitation expires' },
      ),
  );
  const end = await endBefore(input, steps);
  if (end !== undefined) return end;
  const redeemedAt = steps.since('redeemed') ?? Date.now();
  await lasting.ensureWearablesUser(patientId);
  steps.reached('account ready');
  await alongside(
    async () => {
      await Promise.all([
        remindToConnect(invitationId, plan.remindAfterMs, redeemedAt, steps),
        matchDevices(patientId, steps),
      ]);
    },
    () =>
      condition(
        () => steps.has('connected', 'declined'),
        Math.max(1, redeemedAt + plan.patienceMs - Date.now()),
        { summary: 'Until nobody waits for a connection any more' },
      ),
  );
  if (steps.has('declined')) return 'declined';
  if (!steps.has('connected')) {
    steps.reached('lapsed');
    return 'lapsed';
  }
  await firstRead(patientId, steps);
  return 'connected';
}

function listen(steps: OnboardingSteps): void {
  setHandler(contract.redeemedSignal, () => {
    steps.once('redeemed');
  });
  setHandler(contract.declinedSignal, () => {
    // A run that an earlier version told so went on.
    if (patched('onboarding-hears-a-no')) steps.once('declined');
  });
  setHandler(contract.supersededSignal, () => {
    steps.once('superseded');
  });
  setHandler(contract.withdrawnSignal, () => {
    steps.once('withdrawn');
  });
  setHandler(contract.consentedSignal, () => {
    steps.once('consented');
  });
  setHandler(contract.connectingSignal, (provider) => {
    steps.reached('connecting', { provider });
  });
  setHandler(contract.attemptEndedSignal, (provider, outcome) => {
    steps.reached(outcome === 'expired' ? 'timed out' : outcome, { provider });
  });
  setHandler(contract.connectedSignal, (provider) => {
    steps.reached('connected', { provider });
  });
  setHandler(contract.preparedUpdate, async () => {
    steps.once('redeemed');
    await condition(() => steps.has('account ready', 'declined', 'superseded', 'withdrawn'));
    return steps.has('account ready');
  });
  setHandler(contract.progressQuery, () => [...steps.all]);
}

/** How it ended when it was not redeemed; what the database says wins over a message that was lost. */
async function endBefore(
  { invitationId }: contract.OnboardingInput,
  steps: OnboardingSteps,
): Promise<contract.OnboardingOutcome | undefined> {
  if (steps.has('declined')) return 'declined';
  if (steps.has('redeemed')) return undefined;
  if (steps.has('superseded')) return 'superseded';
  if (steps.has('withdrawn')) return 'withdrawn';
  const status = await local.expireInvitation(invitationId);
  if (status === 'redeemed') {
    steps.once('redeemed');
    return undefined;
  }
  const end = status === 'declined' ? 'declined' : 'expired';
  steps.reached(end);
  return end;
}

/** Crosses what the patient agreed to with what Open Wearables offers, for the log; nobody waits for it. */
async function matchDevices(patientId: number, steps: OnboardingSteps): Promise<void> {
  await condition(() => steps.has('consented'));
  steps.reached('devices matched', { count: await lasting.countUsableDevices(patientId) });
}

/** Tells when the history is read back; one that rests longer than a day is not waited for. */
async function firstRead(patientId: number, steps: OnboardingSteps): Promise<void> {
  steps.reached('reading');
  const until = Date.now() + 86_400_000;
  while (Date.now() < until) {
    const state = await lasting.awaitFirstRead(patientId);
    if (state === 'done') steps.reached('read back');
    if (state !== 'running') return;
  }
}

/** Does something beside the main thing, which it neither delays nor outlives. */
async function alongside<Result>(aside: () => Promise<void>, main: () => Promise<Result>): Promise<Result> {
  const scope = new CancellationScope();
  // What fails or is cancelled here has told the steps what there is to tell.
  void scope.run(aside).catch(() => undefined);
  try {
    return await main();
  } finally {
    scope.cancel();
  }
}
