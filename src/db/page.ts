import type postgres from 'postgres';
import type { Sql } from './sql.js';

/** A piece of a statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

export interface PageRequest {
  readonly limit: number;
  readonly offset: number;
}

export interface PageOf<Row> {
  /** How many rows there are on all pages. */
  readonly count: number;
  readonly results: readonly Row[];
}

/**
 * One page and how many rows there are, in one statement. `matching` selects the ids of all of them in order; `row`
 * selects what is told of one, the id of which is `m.id`.
 */
export async function pageOf<Row>(
  sql: Sql,
  matching: Fragment,
  row: Fragment,
  { limit, offset }: PageRequest,
): Promise<PageOf<Row>> {
  const [page] = await sql<PageOf<Row>[]>`
    with matching as materialized (${matching})
    select (select count(*)::integer from matching) as count,
           coalesce((
             select json_agg(r order by m.place)
             from (select id, row_number() over () as place from matching limit ${limit} offset ${offset}) m
             cross join lateral (${row}) r), '[]') as results`;
  return page ?? { count: 0, results: [] };
}
