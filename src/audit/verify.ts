import { acknowledgedBreaks, type Break, type ChainPlace, type Verified } from '../db/audit-checks.js';
import { auditHead, chainedEvents, type ChainedEvent } from '../db/audit-events.js';
import type { Sql } from '../db/sql.js';
import { BEGINNING, hashOf } from './chain.js';

export interface Walk {
  /**
   * A place that was written down before, when the chain was whole: only that finds a chain that was written anew from
   * some event on.
   */
  readonly noted?: ChainPlace | undefined;
  /** Told how far it came, from time to time; throws to end the walk. */
  readonly onProgress?: (events: number) => void;
}

/** Events in memory at a time, however many there are. */
const PAGE = 1_000;

/**
 * Walks the chain from its beginning to its end of this moment, and stops at the first event that is not what was
 * appended, unless that break was acknowledged.
 */
export async function verifyChain(sql: Sql, { noted, onProgress }: Walk = {}): Promise<Verified> {
  const [head, acknowledged] = await Promise.all([auditHead(sql), acknowledgedBreaks(sql)]);
  let end: ChainPlace = { id: 0, hash: BEGINNING };
  let events = 0;
  const broken = (id: number, why: Break): Verified => ({ events, end, broken: { id, why } });
  while (end.id < head.id) {
    const page = await chainedEvents(sql, end.id, PAGE);
    for (const { id, hash, fields } of page) {
      if (id > head.id) break;
      const why = breakOf({ id, hash, fields }, end, noted);
      if (why === undefined) events += 1;
      else if (!goesOn(acknowledged.get(end.id + 1), { id, hash })) return broken(end.id + 1, why);
      end = { id, hash };
    }
    if (page.length === 0) return broken(end.id + 1, 'missing');
    onProgress?.(end.id);
  }
  if (!end.hash.equals(head.hash)) return broken(end.id, 'changed');
  if (head.lastId > head.id) return broken(head.id + 1, 'not appended');
  if (noted !== undefined && noted.id > end.id) return broken(end.id + 1, 'missing');
  return { events, end, broken: null };
}

/** Whether somebody looked into a break and found the chain going on at just this event. */
function goesOn(acknowledged: ChainPlace | undefined, { id, hash }: ChainPlace): boolean {
  return acknowledged?.id === id && acknowledged.hash.equals(hash);
}

function breakOf(event: ChainedEvent, before: ChainPlace, noted: ChainPlace | undefined): Break | undefined {
  if (event.id !== before.id + 1) return 'missing';
  if (!hashOf(event.fields, before.hash).equals(event.hash)) return 'changed';
  return noted?.id === event.id && !noted.hash.equals(event.hash) ? 'not as noted' : undefined;
}
