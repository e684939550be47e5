import type { FirstPages } from '../../src/activities/first-pages.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';

/** First pages of a patient that more pages follow: nothing of them is stored yet. */
export function moreOf(patientId: number): Extract<FirstPages, { kind: 'more' }> {
  const legs = [{ feeds: ['heart_rate'], from: '2026-03-01T00:00:00Z' }];
  const read = { patientId, dataTypes: ['heart_rate'], legs, to: null };
  return { kind: 'more', counts: NO_COUNTS, allowed: { kind: 'read', mode: 'normalized', read } };
}
