import type { Break } from '../db/audit-checks.js';

/** What is said of an event at which the chain is broken. */
export const breakWords: Readonly<Record<Break, string>> = {
  changed: 'it is not as it was appended',
  missing: 'it is missing',
  'not appended': 'it was not appended to the chain',
  'not as noted': 'it has another hash than was noted',
};
