import type { App } from './app.js';
import { askEnding, type EndingWish } from './db/connection-endings.js';

/** Sets the end of a connection in motion; remembered first, so that one whose start is lost begins with the next poll. */
export async function endConnection(
  { sql, orchestration }: Pick<App, 'sql' | 'orchestration'>,
  wish: EndingWish,
): Promise<void> {
  await askEnding(sql, wish);
  await orchestration.disconnect(wish);
}
