import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'whsec_';
const VERSION = 'v1,';
const TOLERANCE_S = 300;

export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  /** Several, apart by blanks, while a secret changes. */
  readonly signatures: string;
  readonly body: string;
}

/** Whether a message is signed with this secret, and was signed just now, as Standard Webhooks has it. */
export function isSigned(secret: string, message: SignedMessage, now: Date): boolean {
  const { id, timestamp, signatures, body } = message;
  if (id === '' || !/^\d+$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_S) return false;
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures.split(' ').some((signature) => {
    if (!signature.startsWith(VERSION)) return false;
    const given = Buffer.from(signature.slice(VERSION.length), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
