import { setHandler } from '@temporalio/workflow';
import { type AuditCheckResult, auditCheckQuery } from './contract.js';
import { tellDetails } from './details.js';
import { setOutcome } from './outcome.js';
import { walking } from './proxies.js';

/** The nightly check that the audit trail is as it was appended. */
export async function checkAudit(): Promise<AuditCheckResult> {
  let found: AuditCheckResult | null = null;
  setHandler(auditCheckQuery, () => found);
  tellDetails('the chain is being walked');
  found = await walking.checkAuditTrail();
  const { events, brokenAt } = found;
  tellDetails(brokenAt === null ? `${events} events, all whole` : `broken at event ${brokenAt}`);
  setOutcome(brokenAt === null ? 'complete' : 'broken');
  return found;
}
