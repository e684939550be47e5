import { z } from 'zod';
import { decodeCursor } from '../../../dev/open-wearables/cursor.js';
import type { Cursor } from '../../../dev/open-wearables/cursor.js';
import { DAY, instantOfText, isMidnight, parseTime } from '../../../dev/open-wearables/instant.js';
import type { Sample } from '../../../dev/open-wearables/sample.js';
import { parameter } from './recordings.js';
import type { Recording } from './recordings.js';

const text = z.string().nullable();

export const source = z.object({
  ...{ provider: z.string(), source: text, device: text, device_type: text, device_name: text },
});

export const pagination = z.object({
  ...{ next_cursor: text, previous_cursor: text, has_more: z.boolean(), total_count: z.number() },
});

const pageShape = z.object({
  data: z.array(
    z.object({
      ...{ timestamp: z.string(), zone_offset: text, type: z.string(), value: z.number(), unit: z.string() },
      ...{ source, is_daily_total: z.boolean().nullable() },
    }),
  ),
  pagination,
});

type Page = z.infer<typeof pageShape>;

/** An id of our own making: lower, or higher when the recording already tells the id of a row before it. */
function madeUpId(index: number, high: boolean): string {
  const number = index.toString(16).padStart(12, '0');
  return high ? `ffffffff-ffff-4fff-8fff-${number}` : `00000000-0000-4000-8000-${number}`;
}

function idIn(cursor: string | null): string | undefined {
  return cursor === null ? undefined : decodeCursor(cursor).position.id;
}

/** The rows of the page. Cursors tell the ids of its first and last row; the others keep the recorded order. */
function rowsOf({ data, pagination: { next_cursor, previous_cursor } }: Page): Sample[] {
  const [firstId, lastId] = [idIn(previous_cursor), idIn(next_cursor)];
  return data.map((row, index) => {
    const told =
      index === data.length - 1 && lastId !== undefined ? lastId : index === 0 ? firstId : undefined;
    const tied = firstId !== undefined && row.timestamp === data[0]?.timestamp;
    return {
      id: told ?? madeUpId(index, tied),
      ...{ at: instantOfText(row.timestamp), type: row.type, value: row.value, unit: row.unit },
      ...{ zoneOffset: row.zone_offset, isDailyTotal: row.is_daily_total, source: row.source },
    };
  });
}

/** `count` rows that nobody recorded, evenly spread strictly between two instants. */
function fillers(like: Sample, count: number, from: number, to: number): Sample[] {
  const step = Math.floor((to - from) / (count + 1));
  return Array.from({ length: count }, (_, index) => ({
    ...like,
    ...{ id: madeUpId(index, false), at: from + step * (index + 1), value: 1 },
  }));
}

/** How many of the rows that the page only counts lie before it. */
export function countBefore(cursor: Cursor | undefined, hasMore: boolean, unseen: number): number {
  if (!cursor || cursor.backward) return 0;
  return hasMore ? unseen - 1 : unseen;
}

export function windowEnd(recording: Recording, name: string): number {
  const sent = parseTime(parameter(recording, name) ?? '');
  if (!sent) throw new RangeError(`${recording.name} has no ${name}`);
  return sent.instant + (name === 'end_time' && isMidnight(sent) ? DAY : 0);
}

/** Rows under which the recorded page is the true answer: its own, and as many more as its total counts. */
export function rowsBehind(recording: Recording): Sample[] {
  const page = pageShape.parse(recording.response.body);
  const rows = rowsOf(page);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return [];
  const asked = parameter(recording, 'cursor');
  const cursor = asked === undefined ? undefined : decodeCursor(asked);
  const unseen = page.pagination.total_count - rows.length;
  const before = countBefore(cursor, page.pagination.has_more, unseen);
  const start = windowEnd(recording, 'start_time');
  const after = cursor?.backward ? cursor.position.at : last.at;
  return [
    ...fillers(first, before, start, cursor?.position.at ?? first.at),
    ...rows,
    ...fillers(last, unseen - before, after, windowEnd(recording, 'end_time')),
  ];
}
