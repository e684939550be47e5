import { cancellationSignal } from '@temporalio/activity';
import type { Sql } from '../db/sql.js';
import { hintsOf, rememberHints, type SyncHint } from '../db/sync-hints.js';
import type { OpenWearables } from '../open-wearables/client.js';

/**
 * Learns from the user list of Open Wearables, newest sync first, whose data moved, and makes them due. It ends at the
 * first page that tells nothing new of our patients. The oldest page is remembered first: when this stops halfway, the
 * pages that are not remembered yet are still in front of those that are.
 */
export async function learnHints(sql: Sql, ow: OpenWearables): Promise<void> {
  const pages: SyncHint[][] = [];
  for await (const users of ow.usersBySync(cancellationSignal())) {
    const synced = users.flatMap(({ id, last_synced_at: at }) =>
      at == null ? [] : [{ owUserId: id, syncedAt: at }],
    );
    if (synced.length === 0) break;
    const hints = await hintsOf(sql, synced);
    const moved = hints.filter(({ hasMoved }) => hasMoved);
    if (hints.length > 0 && moved.length === 0) break;
    if (moved.length > 0) pages.push(moved);
  }
  for (const page of pages.reverse()) await rememberHints(sql, page);
}
