import type { DisconnectInput, DisconnectOutcome } from './contract.js';
import { setOutcome } from './outcome.js';
import { lasting, local } from './proxies.js';
import { stages } from './stage.js';

/**
 * Ends a connection at Open Wearables, however long that takes, unless a standing consent still needs it; deletes what
 * Open Wearables keeps of it where that was asked for, once nothing is read any more.
 */
export async function disconnect(input: DisconnectInput): Promise<DisconnectOutcome> {
  const tell = stages('Ends the connection at Open Wearables');
  let outcome: DisconnectOutcome = await lasting.disconnectProvider(input);
  if (input.purge === true && outcome === 'disconnected') {
    tell('Deletes what Open Wearables keeps');
    outcome = await lasting.purgeProvider(input);
  }
  tell(outcome);
  if (input.purge !== undefined) await local.concludeDisconnect(input, outcome);
  setOutcome(outcome);
  return outcome;
}
