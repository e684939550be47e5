/** What the worker registers; the only re-export in the project, because the bundler wants one entry. */
export { backfill } from './backfill.js';
export { checkAudit } from './check-audit.js';
export { connect } from './connect.js';
export { disconnect } from './disconnect.js';
export { erasure } from './erasure.js';
export { freshLink } from './fresh-link.js';
export { heal } from './heal.js';
export { onboarding } from './onboarding.js';
export { poll } from './poll.js';
export { pollPatient } from './poll-patient.js';
export { pollShard } from './poll-shard.js';
export { reconcile } from './reconcile.js';
