import { auditHead, chainedEvents, type ChainedEvent } from '../db/audit-events.js';
import type { Sql } from '../db/sql.js';
import { BEGINNING, hashOf } from './chain.js';

/** A place in the chain, with the hash of the event there. */
export interface ChainPlace {
  readonly id: number;
  readonly hash: Buffer;
}

/** Why the chain is broken at an event. */
export type Break = 'changed' | 'missing' | 'not appended' | 'not as noted';

export interface Verified {
  /** How many events were looked at. */
  readonly events: number;
  /** The last event that is whole. */
  readonly end: ChainPlace;
  /** The first that is not; null: all of them are. */
  readonly broken: { readonly id: number; readonly why: Break } | null;
}

/** Events in memory at a time, however many there are. */
const PAGE = 1_000;
const START: ChainPlace = { id: 0, hash: BEGINNING };

/**
 * Walks the chain from a place that is known to be whole to its end of this moment, and stops at the first event that is
 * not what was appended. `noted` is a place that somebody wrote down elsewhere: only that finds a chain that was written
 * anew from some event on.
 */
export async function verifyChain(
  sql: Sql,
  { from = START, noted }: { readonly from?: ChainPlace; readonly noted?: ChainPlace | undefined } = {},
): Promise<Verified> {
  const head = await auditHead(sql);
  let end = from;
  let events = 0;
  const broken = (id: number, why: Break): Verified => ({ events, end, broken: { id, why } });
  while (end.id < head.id) {
    const page = await chainedEvents(sql, end.id, PAGE);
    for (const event of page) {
      if (event.id > head.id) break;
      const why = breakOf(event, end, noted);
      if (why !== undefined) return broken(end.id + 1, why);
      end = event;
      events += 1;
    }
    if (page.length === 0) return broken(end.id + 1, 'missing');
  }
  if (!end.hash.equals(head.hash)) return broken(end.id, 'changed');
  if (head.lastId > head.id) return broken(head.id + 1, 'not appended');
  if (noted !== undefined && noted.id > end.id) return broken(end.id + 1, 'missing');
  return { events, end: { id: end.id, hash: end.hash }, broken: null };
}

function breakOf(event: ChainedEvent, before: ChainPlace, noted: ChainPlace | undefined): Break | undefined {
  if (event.id !== before.id + 1) return 'missing';
  if (!hashOf(event.fields, before.hash).equals(event.hash)) return 'changed';
  return noted?.id === event.id && !noted.hash.equals(event.hash) ? 'not as noted' : undefined;
}
