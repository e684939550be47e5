import type { Activities } from '../activities/create.js';

/** Whatever waits for others' servers. All else is short: our own database, Temporal and the mail server. */
const UPSTREAM: ReadonlySet<keyof Activities> = new Set([
  ...(['planPoll', 'readBatch', 'checkConsent', 'readSamples', 'readRawObjects', 'readHistory'] as const),
  ...(['connectionIsNew', 'vendorHistoryFetched', 'disconnectProvider', 'purgeProvider'] as const),
  ...(['healingAccount', 'healConnection', 'reconcilePatient'] as const),
  ...(['ensureWearablesUser', 'countUsableDevices', 'endAccount'] as const),
]);

/**
 * Where an activity waits for a slot. Calls of others' servers have slots of their own, so that slow ones hold up
 * nothing else; the others are next to the workflow, whose worker takes them along with its answer.
 */
export function taskQueueOf(activity: keyof Activities, ofWorkflows: string): string {
  return UPSTREAM.has(activity) ? upstreamQueueOf(ofWorkflows) : ofWorkflows;
}

export function upstreamQueueOf(ofWorkflows: string): string {
  return `${ofWorkflows}-upstream`;
}
