import { cancellationSignal } from '@temporalio/activity';
import { verifyChain } from '../audit/verify.js';
import { lastWholeEnd, saveAuditCheck } from '../db/audit-checks.js';
import type { AuditCheckResult } from '../workflows/contract.js';
import type { ActivityDeps } from './deps.js';
import { tellProgress } from './progress.js';

export function auditCheckActivities({ sql, events }: Pick<ActivityDeps, 'sql' | 'events'>) {
  return {
    /**
     * Walks the whole chain of the audit trail and remembers what was found. Its end of the last whole check must still
     * be in it, so that it cannot be written anew in between.
     */
    async checkAuditTrail(): Promise<AuditCheckResult> {
      const signal = cancellationSignal();
      const onProgress = (looked: number) => {
        signal.throwIfAborted();
        tellProgress(looked);
      };
      const found = await verifyChain(sql, { noted: await lastWholeEnd(sql), onProgress });
      await saveAuditCheck(sql, found);
      events.auditChecked(found);
      return { events: found.events, brokenAt: found.broken?.id ?? null };
    },
  };
}
