import type { App } from './app.js';
import { type AskedHistory, askHistory } from './db/backfill-requests.js';
import { askEnding, type EndingWish } from './db/connection-endings.js';
import { connectionsOf, unneededProviders } from './db/connections.js';
import { recordConsents, type ConsentEvent } from './db/consents.js';
import { markDue } from './db/due-patients.js';
import { inTransaction, type Sql } from './db/sql.js';

const DAY_MS = 86_400_000;

/** What follows from answers; remembered together with them, so that no failure afterwards loses it. */
interface Consequences {
  readonly count: number;
  /** Wearables that nothing agreed needs any more. */
  readonly endings: readonly EndingWish[];
  /** What a new agreement reaches back to; null: there is none, or nothing is connected. */
  readonly history: (AskedHistory & { readonly requestId: number }) | null;
}

/** Records a patient's answers and sets in motion what follows. Answers how many answers were new. */
export async function changeConsents(
  { sql, settings, orchestration, events }: Pick<App, 'sql' | 'settings' | 'orchestration' | 'events'>,
  patientId: number,
  answers: readonly ConsentEvent[],
): Promise<number> {
  const { 'ow.backfill_days': days } = await settings.read();
  const { count, endings, history } = await inTransaction(sql, (transaction) =>
    recordAnswers(transaction, patientId, answers, days),
  );
  if (count === 0) return 0;
  events.consentsRecorded({ patientId, count, channel: answers[0]?.channel ?? 'unknown' });
  for (const wish of endings) await orchestration.disconnect(wish);
  if (history !== null) await orchestration.requestBackfill(patientId, history);
  return count;
}

async function recordAnswers(
  sql: Sql,
  patientId: number,
  answers: readonly ConsentEvent[],
  days: number,
): Promise<Consequences> {
  const count = await recordConsents(sql, answers);
  if (count === 0) return { count, endings: [], history: null };
  await markDue(sql, patientId, 'consent');
  const endings = (await unneededProviders(sql, patientId)).map((provider) => ({
    ...{ patientId, provider, asked: false, purge: false },
  }));
  for (const wish of endings) await askEnding(sql, wish);
  const isAgreed = answers.some(({ decision }) => decision === 'agreed');
  const isConnected = (await connectionsOf(sql, patientId)).some(({ status }) => status === 'active');
  return { count, endings, history: isAgreed && isConnected ? await historyOf(sql, patientId, days) : null };
}

/** Read anew: days that a running backfill has read already lack what is agreed to only now. */
async function historyOf(sql: Sql, patientId: number, days: number) {
  const to = new Date();
  const from = new Date(to.getTime() - days * DAY_MS);
  const history = { from: from.toISOString(), to: to.toISOString(), anew: true };
  return { ...history, requestId: await askHistory(sql, patientId, history) };
}
