import { cancellationSignal } from '@temporalio/activity';
import { OpenWearablesFailure } from '../open-wearables/failures.js';

/** A page as it was asked for, and where the next one begins; null: it is the last. */
export interface Paged {
  readonly cursor: string | null;
  readonly next: string | null;
}

/** Asks for the page at a cursor; null: the first. */
export type FetchPage<Page extends Paged> = (cursor: string | null, signal: AbortSignal) => Promise<Page>;

/**
 * Pages in their order. While one is worked on the next is on its way, and none beyond it; whoever stops early leaves no
 * request open. What goes wrong on the way is thrown when it is the turn of its page. Throws OpenWearablesFailure
 * `LoopingCursor`, after the last page that is new.
 */
export async function* pagesAhead<Page extends Paged>(
  fetch: FetchPage<Page>,
  start: string | null,
): AsyncGenerator<Page, void, undefined> {
  const stop = new AbortController();
  const signal = AbortSignal.any([cancellationSignal(), stop.signal]);
  const visited = new Set([start]);
  let ahead: Promise<Page> | undefined = fetch(start, signal);
  try {
    while (ahead !== undefined) {
      const page: Page = await ahead;
      const isLooping = page.next !== null && visited.has(page.next);
      visited.add(page.next);
      ahead = page.next === null || isLooping ? undefined : fetch(page.next, signal);
      // Nobody waits for it before its turn.
      ahead?.catch(() => undefined);
      yield page;
      if (isLooping) throw new OpenWearablesFailure('LoopingCursor');
    }
  } finally {
    stop.abort();
    await ahead?.catch(() => undefined);
  }
}

/** The first page alone; none is asked for ahead. */
export async function* onePage<Page extends Paged>(
  fetch: FetchPage<Page>,
): AsyncGenerator<Page, void, undefined> {
  yield await fetch(null, cancellationSignal());
}
