import { patched, upsertSearchAttributes } from '@temporalio/workflow';
import { outcome } from './search-attributes.js';

/** Lets the run be found by how it ended. Runs that an earlier version began go without. */
export function setOutcome(value: string): void {
  if (patched('outcome is searchable')) upsertSearchAttributes([{ key: outcome, value }]);
}
