import { batchActivities } from './batch.js';
import { auditCheckActivities } from './check-audit.js';
import { connectionActivities } from './connection.js';
import { consentActivities } from './consent.js';
import type { ActivityDeps } from './deps.js';
import { erasureActivities } from './erasure.js';
import { firstPagesActivities } from './first-pages.js';
import { healActivities } from './heal.js';
import { ingestActivities } from './ingest.js';
import { mailActivities } from './mail.js';
import { nudgeActivities } from './nudges.js';
import { onboardingActivities } from './onboarding.js';
import { planActivities } from './plan.js';
import { rawActivities } from './raw.js';
import { reconcileActivities } from './reconcile.js';

/** Everything workflows may ask for; each may run twice, overlap with itself or stop at any instruction. */
export type Activities = ReturnType<typeof createActivities>;

export function createActivities(deps: ActivityDeps) {
  return {
    ...planActivities(deps),
    ...nudgeActivities(deps),
    ...consentActivities(deps),
    ...firstPagesActivities(deps),
    ...batchActivities(deps),
    ...ingestActivities(deps),
    ...rawActivities(deps),
    ...connectionActivities(deps),
    ...healActivities(deps),
    ...reconcileActivities(deps),
    ...onboardingActivities(deps),
    ...mailActivities(deps),
    ...erasureActivities(deps),
    ...auditCheckActivities(deps),
  };
}
