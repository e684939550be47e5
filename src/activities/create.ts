import { connectionActivities } from './connection.js';
import { consentActivities } from './consent.js';
import type { ActivityDeps } from './deps.js';
import { ingestActivities } from './ingest.js';
import { planActivities } from './plan.js';
import { wearablesUserActivities } from './wearables-user.js';

/** Everything workflows may ask for; each may run twice, overlap with itself or stop at any instruction. */
export type Activities = ReturnType<typeof createActivities>;

export function createActivities(deps: ActivityDeps) {
  return {
    ...planActivities(deps),
    ...consentActivities(deps),
    ...ingestActivities(deps),
    ...connectionActivities(deps),
    ...wearablesUserActivities(deps),
  };
}
