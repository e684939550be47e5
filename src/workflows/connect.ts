import {
  ActivityFailure,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import * as contract from './contract.js';
import * as onboarding from './onboarding-contract.js';
import { setOutcome } from './outcome.js';
import { lasting, local } from './proxies.js';
import { stages } from './stage.js';

const CHECK_EVERY = '20 seconds';
const CHECK_AFTER_RETURN = '1 second';

type Refusal = Extract<contract.ConnectOutcome, 'denied' | 'failed' | 'superseded'>;

/**
 * One attempt to connect a wearable. Arrival of the browser proves nothing, and a closed tab loses nothing: connected
 * is what Open Wearables shows as active and newer than the start.
 */
export async function connect(input: contract.ConnectInput): Promise<contract.ConnectOutcome> {
  const heard: { returned: boolean; refusal: Refusal | undefined } = { returned: false, refusal: undefined };
  const refusal = () => heard.refusal;
  let outcome: contract.ConnectOutcome | undefined;
  setHandler(contract.returnedSignal, () => {
    heard.returned = true;
  });
  setHandler(contract.refusedSignal, (reason) => {
    heard.refusal ??= reason;
  });
  setHandler(contract.connectOutcomeQuery, () => outcome ?? 'pending');

  const tell = stages('The patient is at the vendor');
  while (outcome === undefined) {
    const hadReturned = heard.returned;
    await condition(
      () => heard.returned !== hadReturned || refusal() !== undefined,
      hadReturned ? CHECK_AFTER_RETURN : CHECK_EVERY,
      { summary: hadReturned ? 'The patient came back' : 'The patient is at the vendor' },
    );
    outcome = await outcomeSoFar(input, refusal());
  }
  tell(outcome);
  await local.endConnectAttempt(input, outcome);
  // A run that an earlier version began ends as it began.
  const tellsEveryEnd = patched('connect-tells-every-end');
  if (outcome === 'connected') {
    if (!tellsEveryEnd) await tellOnboarding(input, outcome);
    await local.startFirstRead(input.patientId, input.provider, workflowInfo().workflowId);
  }
  // Last: whoever hears of the connection finds its first read begun.
  if (tellsEveryEnd) await tellOnboarding(input, outcome);
  setOutcome(outcome);
  return outcome;
}

/**
 * A connection that Open Wearables confirms wins over a "no" that came first; a newer attempt wins over both. What
 * waiting does not mend is a failed attempt, so that the patient can begin another.
 */
async function outcomeSoFar(
  { patientId, provider, connectionBefore, expiresAt }: contract.ConnectInput,
  refusal: Refusal | undefined,
): Promise<contract.ConnectOutcome | undefined> {
  if (refusal === 'superseded') return refusal;
  try {
    if (await lasting.connectionIsNew(patientId, provider, connectionBefore)) return 'connected';
  } catch (thrown) {
    if (isCancellation(thrown) || !(thrown instanceof ActivityFailure)) throw thrown;
    return refusal ?? 'failed';
  }
  if (refusal !== undefined) return refusal;
  return Date.now() >= Date.parse(expiresAt) ? 'expired' : undefined;
}

/** The invitation's workflow may have ended long ago: then there is nobody to tell. */
async function tellOnboarding(
  { onboardingId, provider }: contract.ConnectInput,
  outcome: contract.ConnectOutcome,
): Promise<void> {
  // A newer attempt has told already that it began.
  if (onboardingId === null || outcome === 'superseded') return;
  const workflow = getExternalWorkflowHandle(onboardingId);
  const told =
    outcome === 'connected'
      ? workflow.signal(onboarding.connectedSignal, provider)
      : workflow.signal(onboarding.attemptEndedSignal, provider, outcome);
  await told.catch(() => undefined);
}
