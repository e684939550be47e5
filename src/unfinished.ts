import type { App } from './app.js';
import { unfinishedHistory } from './db/backfill-requests.js';
import { unfinishedEndings } from './db/connection-endings.js';
import { unfinishedErasures } from './db/erasures.js';

/** Of what the database says is unfinished: how much there is, and how much of it did not run and was begun again. */
export interface Resumed {
  readonly unfinished: number;
  readonly begun: number;
}
export type Unfinished = 'erasures' | 'disconnects' | 'backfills';

/**
 * Begins what was asked for at least so many seconds ago, has not ended, and does not run: its start was lost, as while
 * Temporal did not answer. What runs is left alone.
 */
export async function resumeUnfinished(
  { sql, orchestration }: Pick<App, 'sql' | 'orchestration'>,
  forSeconds: number,
): Promise<Record<Unfinished, Resumed>> {
  return {
    erasures: await begun(await unfinishedErasures(sql), orchestration.erase),
    disconnects: await begun(await unfinishedEndings(sql, forSeconds), (wish) =>
      orchestration.disconnect(wish),
    ),
    backfills: await begun(await unfinishedHistory(sql, forSeconds), orchestration.resumeBackfill),
  };
}

/** `begin` answers whether it did. */
export async function begun<One>(
  unfinished: readonly One[],
  begin: (one: One) => Promise<boolean>,
): Promise<Resumed> {
  let count = 0;
  for (const one of unfinished) if (await begin(one)) count += 1;
  return { unfinished: unfinished.length, begun: count };
}
