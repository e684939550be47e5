import type { App } from './app.js';
import { endConnection } from './connection-endings.js';
import { connectionsOf, unneededProviders } from './db/connections.js';
import { recordConsents, type ConsentEvent } from './db/consents.js';
import { markDue } from './db/due-patients.js';

const DAY_MS = 86_400_000;

/**
 * Records a patient's answers and sets in motion what follows: wearables that nothing agreed needs any more are
 * disconnected, and what a new agreement reaches back to is read. Answers how many answers were new.
 */
export async function changeConsents(
  { sql, settings, orchestration, events }: Pick<App, 'sql' | 'settings' | 'orchestration' | 'events'>,
  patientId: number,
  answers: readonly ConsentEvent[],
): Promise<number> {
  const count = await recordConsents(sql, answers);
  if (count === 0) return 0;
  await markDue(sql, patientId, 'consent');
  events.consentsRecorded({ patientId, count, channel: answers[0]?.channel ?? 'unknown' });
  for (const provider of await unneededProviders(sql, patientId)) {
    await endConnection({ sql, orchestration }, { patientId, provider, asked: false, purge: false });
  }
  const agreed = answers.some(({ decision }) => decision === 'agreed');
  const connected = (await connectionsOf(sql, patientId)).some(({ status }) => status === 'active');
  if (agreed && connected) {
    const to = new Date();
    const from = new Date(to.getTime() - (await settings.read())['ow.backfill_days'] * DAY_MS);
    // Days that a running backfill has read already lack what is agreed to only now.
    const request = { from: from.toISOString(), to: to.toISOString(), anew: true };
    await orchestration.requestBackfill(patientId, request);
  }
  return count;
}
