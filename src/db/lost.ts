/**
 * Codes that say nothing of the statement, only that nobody answers it: those of the driver and of sockets, and of
 * Postgres the class 08, shutdown and recovery (57P01 to 57P03), and no connection left (53300).
 */
const LOST = /^(CONNECTION_|CONNECT_TIMEOUT$|ECONN|EPIPE$|ETIMEDOUT$|EHOSTUNREACH$|08|57P0[123]$|53300$)/;

/** Whether an error means that the connection to the database is gone, or was refused. */
export function isDatabaseLost(thrown: unknown): boolean {
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, 'code') : undefined;
  return typeof code === 'string' && LOST.test(code);
}

/** Whether a row could not be written since the patient, account or invitation that it belongs to is not there any more. */
export function isOfNobody(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || Reflect.get(thrown, 'code') !== '23503') return false;
  return /_(patient|user|invitation)_fkey$/.test(String(Reflect.get(thrown, 'constraint_name')));
}
