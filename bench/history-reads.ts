import { requestHistory } from '../src/backfills.js';
import { ids } from '../src/workflows/contract.js';
import { DAY_MS, MINUTE_MS, type Span } from './histories.js';
import type { BenchWorld } from './world.js';

/** So many days, up to the minute that has begun. */
export function historyEndingNow(days: number): Span {
  const end = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  return { from: new Date(end - days * DAY_MS).toISOString(), to: new Date(end).toISOString() };
}

/** Has a patient's history read as an operator does, until it is there. */
export async function readThroughTemporal(
  { app, temporal }: BenchWorld,
  id: number,
  span: Span,
): Promise<void> {
  await requestHistory(app, id, span);
  await temporal.workflow.getHandle(ids.backfill(id)).result();
}
