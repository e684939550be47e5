import { patched, upsertSearchAttributes } from '@temporalio/workflow';
import { outcome } from './search-attributes.js';

/** Lets the run be found by how it ended. */
export function showOutcome(value: string): void {
  upsertSearchAttributes([{ key: outcome, value }]);
}

/** The same, unless an earlier version began the run. */
export function setOutcome(value: string): void {
  if (patched('outcome is searchable')) showOutcome(value);
}
