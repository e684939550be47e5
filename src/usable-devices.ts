import type { Connection } from './db/connections.js';
import type { ConnectableSource } from './db/patients.js';
import type { Provider } from './open-wearables/shapes.js';

/** Why a wearable of the patient's studies cannot be connected now. */
export type ReasonAgainst = 'already-connected' | 'measures-nothing-agreed' | 'does-not-answer' | 'needs-app';

/** Crosses a wearable with what was agreed to and what Open Wearables offers; undefined: it can be connected. */
export function reasonAgainst(
  { provider, agreed }: Pick<ConnectableSource, 'provider' | 'agreed'>,
  offered: readonly Provider[],
  connections: readonly Connection[],
): ReasonAgainst | undefined {
  if (connections.some((entry) => entry.provider === provider && entry.status === 'active'))
    return 'already-connected';
  if (!agreed) return 'measures-nothing-agreed';
  const offer = offered.find((entry) => entry.provider === provider);
  if (offer === undefined || !offer.is_enabled) return 'does-not-answer';
  return offer.has_cloud_api ? undefined : 'needs-app';
}
