import { takeNudge } from '../db/webhook-messages.js';
import type { ActivityDeps } from './deps.js';

export function nudgeActivities({ sql }: ActivityDeps) {
  return {
    /** Says that a read begins, so that what is told from now on nudges again. */
    async takeNudge(patientId: number): Promise<void> {
      await takeNudge(sql, patientId);
    },
  };
}
