import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  continueAsNew,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  type HealInput,
  type HealingOutcome,
  type HealingPlace,
  healProgressQuery,
  type HealResult,
} from './contract.js';
import { tellDetails } from './details.js';
import { setOutcome } from './outcome.js';
import { inPool } from './pool.js';
import { healing, local } from './proxies.js';

const CONNECTIONS_AT_ONCE = 2;
const CONNECTIONS_A_RUN = 200;
const NOBODY: HealResult = { healed: 0, 'still running': 0, 'not possible': 0, failed: 0 };

/** The nightly healing: Open Wearables fetches the last days of every connection again, one at a time for each account. */
export async function heal(
  { after, tally }: HealInput = { after: null, tally: NOBODY },
): Promise<HealResult> {
  setHandler(healProgressQuery, () => tally);
  tellDetails(detailsOf(tally));
  const accounts = new Set<string>();
  let planned = 0;
  for (;;) {
    const { days, connections } = await local.planHealing(after);
    after = connections.at(-1) ?? null;
    if (after === null) {
      setOutcome(tally.failed > 0 ? 'partial' : 'complete');
      return tally;
    }
    await inPool(connections, CONNECTIONS_AT_ONCE, async (place) => {
      const outcome = await healed(place, days, accounts);
      tally = { ...tally, [outcome]: tally[outcome] + 1 };
      tellDetails(detailsOf(tally));
    });
    planned += connections.length;
    if (planned >= CONNECTIONS_A_RUN || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof heal>({ after, tally });
  }
}

/** `112 connections, 108 healed, 1 failed` */
function detailsOf(tally: HealResult): string {
  const done = Object.values(tally).reduce((sum, connections) => sum + connections, 0);
  return `${done} connections, ${tally.healed} healed, ${tally.failed} failed`;
}

/** A connection that cannot be healed leaves the others to go on; a refused key ends the night. */
async function healed(place: HealingPlace, days: number, accounts: Set<string>): Promise<HealingOutcome> {
  try {
    const account = await healing.healingAccount(place);
    if (account === null) return 'not possible';
    while (accounts.has(account)) await condition(() => !accounts.has(account));
    accounts.add(account);
    try {
      return await healing.healConnection(place, days);
    } finally {
      accounts.delete(account);
    }
  } catch (thrown) {
    if (isCancellation(thrown) || !(thrown instanceof ActivityFailure) || isKeyRejected(thrown.cause))
      throw thrown;
    return 'failed';
  }
}

function isKeyRejected(cause: unknown): boolean {
  return cause instanceof ApplicationFailure && cause.type === 'KeyRejected';
}
