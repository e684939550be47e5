import type { ReconcileInput } from './contract.js';

/**
 * Whether all days are read again, and not only those whose counts differ: on Sundays, and when an operator names them.
 * A run that continues another one goes on as that began, though it may be Monday by then.
 */
export function isDeep({ days, resume }: ReconcileInput, startTime: Date): boolean {
  return resume?.isDeep ?? (days !== undefined || startTime.getUTCDay() === 0);
}
