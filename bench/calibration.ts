import { createHash } from 'node:crypto';
import type { Measurement } from '../src/omh/measurement.js';
import { toRow } from '../src/db/observation-rows.js';
import type { Sql } from '../src/db/sql.js';
import type { Piece } from './rounds.js';

const HASHES = 100_000;

/** What the machine does at this moment, without any of our code: hashes of a kilobyte, on one core. */
export const hashLoop: Piece = {
  work() {
    const text = Buffer.alloc(1024, 'x');
    for (let number = 0; number < HASHES; number += 1) createHash('sha256').update(text).digest();
    return Promise.resolve(HASHES);
  },
};

/** The rows of these pages, inserted through the same driver into a table without index or check. */
export async function bareInserts(sql: Sql, pages: readonly (readonly Measurement[])[]): Promise<Piece> {
  await sql`
    create table if not exists bench_rows (
      identifier uuid, effective_start timestamptz, value double precision, data_type text, provider text, source text,
      series text)`;
  const texts = pages.map((page) => JSON.stringify(page.map(toRow)));
  const rows = pages.reduce((sum, page) => sum + page.length, 0);
  return {
    ready: () => sql`truncate bench_rows`,
    async work() {
      for (const text of texts)
        await sql`
          insert into bench_rows
          select * from json_to_recordset(${text}::text::json) as r(
            identifier uuid, effective_start timestamptz, value double precision, data_type text, provider text,
            source text, series text)`;
      return rows;
    },
  };
}
