import { setCurrentDetails } from '@temporalio/workflow';
import type { DisconnectInput, DisconnectOutcome } from './contract.js';
import { lasting } from './proxies.js';

/** Ends a connection at Open Wearables, however long that takes, unless a standing consent still needs it. */
export async function disconnect(input: DisconnectInput): Promise<DisconnectOutcome> {
  const outcome = await lasting.disconnectProvider(input);
  setCurrentDetails(outcome);
  return outcome;
}
