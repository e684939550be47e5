import { z } from '@hono/zod-openapi';
import type { PageOf, PageRequest } from '../db/page.js';
import { eitherCaseQuery } from './casing.js';
import { Problem } from './problems.js';

const DEFAULT_SIZE = 20;
const MAX_SIZE = 1000;
/** Beyond it an offset would not fit into the database's integers. */
const MAX_PAGE = 2 ** 20;

const page = z.coerce.number().int().min(1).max(MAX_PAGE).optional().openapi({ example: 1 });
/** Whatever is not a size asks for the default, as the original has it. */
const pageSize = z.string().optional().openapi({ example: '20', description: 'at most 1000' });

/** The query of a list, with its own filters. */
export function listQuery<Shape extends z.ZodRawShape>(filters: Shape) {
  return eitherCaseQuery({ ...filters, page, pageSize });
}

/** The query of a short list: a page is 1000 long. */
export function shortListQuery<Shape extends z.ZodRawShape>(filters: Shape) {
  return eitherCaseQuery({ ...filters, page });
}

interface ListQuery {
  readonly page?: number | undefined;
  readonly pageSize?: string | undefined;
}

/** Which rows the query asks for; `size` fixes how many, whatever the query says. */
export function pageRequest(query: ListQuery, size = sizeOf(query.pageSize)): PageRequest {
  return { limit: size, offset: ((query.page ?? 1) - 1) * size };
}

export const SHORT_LIST = MAX_SIZE;

function sizeOf(asked: string | undefined): number {
  const size = /^\d+$/.test(asked ?? '') ? Number(asked) : 0;
  return size === 0 ? DEFAULT_SIZE : Math.min(size, MAX_SIZE);
}

/** The shape of a list: how many there are, the pages before and after, and the rows of this one. */
export function envelopeOf<Row extends z.ZodType>(row: Row) {
  return z.object({
    count: z.int(),
    next: z.url().nullable(),
    previous: z.url().nullable(),
    results: z.array(row).readonly(),
  });
}

/** The envelope of one page; a page beyond the end is refused. `url` is that of the request. */
export function envelope<Row>(
  { count, results }: PageOf<Row>,
  { limit, offset }: PageRequest,
  siteUrl: string,
  url: string,
) {
  if (offset > 0 && offset >= count) throw new Problem(404, 'Invalid page.');
  const number = offset / limit + 1;
  const { pathname, search } = new URL(url);
  const at = (other: number) => {
    const link = new URL(`${siteUrl}${pathname}${search}`);
    link.searchParams.set('page', String(other));
    return link.href;
  };
  return {
    count,
    next: offset + limit < count ? at(number + 1) : null,
    previous: number > 1 ? at(number - 1) : null,
    results,
  };
}
