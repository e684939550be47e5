import type { Sql } from './sql.js';

/** A patient who lost a letter asks again, and nobody fills a mailbox. */
const AT_MOST = 3;

/**
 * Counts a request for a fresh link; answers whether this address may have another one within the hour. Addresses that
 * are nobody's count as well, by their hash only, and are forgotten after a day.
 */
export async function mayAskForLink(sql: Sql, addressHash: Buffer): Promise<boolean> {
  const [row] = await sql<{ asked: number }[]>`
    with forgotten as (
      delete from link_requests
      where since < clock_timestamp() - interval '1 day' and address_hash <> ${addressHash}
    )
    insert into link_requests as r (address_hash) values (${addressHash})
    on conflict (address_hash) do update
    set asked = case when r.since < clock_timestamp() - interval '1 hour' then 1 else r.asked + 1 end,
        since = case when r.since < clock_timestamp() - interval '1 hour' then clock_timestamp() else r.since end
    returning asked`;
  return row !== undefined && row.asked <= AT_MOST;
}
