import { ensureAccount } from '../accounts.js';
import { closeInvitation } from '../db/invitations.js';
import type { ActivityDeps } from './deps.js';

export function wearablesUserActivities({ sql, openWearables }: ActivityDeps) {
  return {
    /** Finds or creates the account at Open Wearables and remembers it. */
    async ensureWearablesUser(patientId: number): Promise<void> {
      await ensureAccount({ sql, openWearables }, patientId);
    },

    async expireInvitation(invitationId: number): Promise<void> {
      await closeInvitation(sql, invitationId, 'expired');
    },
  };
}
