import { setCurrentDetails } from '@temporalio/workflow';
import type { DisconnectInput, DisconnectOutcome } from './contract.js';
import { lasting, local } from './proxies.js';

/**
 * Ends a connection at Open Wearables, however long that takes, unless a standing consent still needs it; deletes what
 * Open Wearables keeps of it where that was asked for, once nothing is read any more.
 */
export async function disconnect(input: DisconnectInput): Promise<DisconnectOutcome> {
  let outcome: DisconnectOutcome = await lasting.disconnectProvider(input);
  if (input.purge === true && outcome === 'disconnected') outcome = await lasting.purgeProvider(input);
  setCurrentDetails(outcome);
  if (input.purge !== undefined) await local.concludeDisconnect(input, outcome);
  return outcome;
}
