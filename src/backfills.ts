import type { App } from './app.js';
import { type AskedHistory, askHistory } from './db/backfill-requests.js';

/** Has a patient's history read; remembered first, so that a request whose signal is lost begins with the next poll. */
export async function requestHistory(
  { sql, orchestration }: Pick<App, 'sql' | 'orchestration'>,
  patientId: number,
  asked: AskedHistory,
): Promise<void> {
  const requestId = await askHistory(sql, patientId, asked);
  await orchestration.requestBackfill(patientId, { ...asked, requestId });
}
