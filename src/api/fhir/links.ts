import type { Context } from 'hono';
import { type Place, writePlace } from '../../fhir/place.js';
import type { ApiEnv } from '../env.js';

/** The address of a search as clients reach it by GET, whatever stands between them and this server. */
export function ownAddress(context: Context<ApiEnv>, siteUrl: string): URL {
  const { pathname, search } = new URL(context.req.url);
  const url = new URL(siteUrl);
  url.pathname = `${url.pathname.replace(/\/$/, '')}${pathname.replace(/\/_search$/, '')}`;
  url.search = search;
  return url;
}

/** Where a page of a search begins: at the first row, or beside one; `count` is how many rows it has. */
export interface Start {
  readonly place: Place | undefined;
  readonly count: number;
}

/** A page, and the addresses of those around it. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly previous?: string;
  readonly next?: string;
}

/**
 * A page out of the rows that were read from its start on, one more than it holds where there is one. Its links name
 * rows, not numbers, so that what arrives meanwhile neither repeats nor hides another. The page before may have become
 * shorter, or empty, by what is withdrawn meanwhile.
 */
export function pageOf<Row>(
  found: readonly Row[],
  { place, count }: Start,
  self: URL,
  positionOf: (row: Row) => Omit<Place, 'isBefore'>,
): Page<Row> {
  const isBefore = place?.isBefore ?? false;
  const isMore = found.length > count;
  const taken = found.slice(0, count);
  const rows = isBefore ? taken.reverse() : taken;
  const [first, last] = [rows[0], rows.at(-1)];
  const hasPrevious = isBefore ? isMore : place !== undefined;
  const hasNext = isBefore || isMore;
  return {
    rows,
    ...(hasPrevious && first !== undefined
      ? { previous: linkTo(self, { ...positionOf(first), isBefore: true }) }
      : {}),
    ...(hasNext && last !== undefined
      ? { next: linkTo(self, { ...positionOf(last), isBefore: false }) }
      : {}),
  };
}

/** The same search, from another place on. */
function linkTo(self: URL, place: Place): string {
  const url = new URL(self);
  url.searchParams.set('_page', writePlace(place));
  return url.href;
}
