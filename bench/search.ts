import { apiReader } from '../test/helpers/api-reader.js';
import { pageRead, searches } from '../test/helpers/searches.js';
import { type Statement, scannedTables, statementsOf } from '../test/helpers/statements.js';
import type { Sql } from '../src/db/sql.js';
import { type Clinic, withClinic } from './clinic.js';
import { type Times, timesOf } from './measure.js';

const COUNT = 1000;
/** Pages that a walk reads, the first one included. */
const PAGES = 3;
const PROMISED = 5;
/** Walks of a search: so many, or as many as fit into the time; few where only their being right is looked at. */
const ROUNDS = { most: 25, fewest: 5, milliseconds: 30_000, ofFewRows: 2 };
const FEW_ROWS = 1_000_000;
/** A patient of the clinic has about so many, on 105 days. */
const OF_A_PATIENT = 4823;

type Timed = Record<'server' | 'open' | 'bare', number[]>;

/**
 * A page of 1000 observations over HTTP, beside the same page of a server that reads as the owner, and beside the
 * statement it needs, sent through the same driver in the same run.
 */
export async function benchSearch({ rows }: { readonly rows: number }) {
  const patients = Math.max(20, Math.round(rows / OF_A_PATIENT));
  return withClinic({ patients, days: 105, heartRatesADay: 54 }, measureSearches);
}

async function measureSearches({ sql, url, patients, observations }: Clinic) {
  const reader = await apiReader(sql, url);
  const open = await apiReader(sql, url, { sql, close: () => Promise.resolve() });
  const readers = { reader, open };
  const most = observations < FEW_ROWS ? ROUNDS.ofFewRows : ROUNDS.most;
  const rates: Record<string, Times> = {};
  const ratios: Record<string, number> = {};
  const walled: number[] = [];
  for (const [name, addresses] of Object.entries(searches(patients, COUNT))) {
    const pages = { first: emptyTimes(), following: emptyTimes() };
    // The first ones warm up.
    await walk(sql, readers, addresses[0] ?? '', { first: emptyTimes(), following: emptyTimes() });
    const began = performance.now();
    for (let round = 0; round < most; round += 1) {
      if (round >= ROUNDS.fewest && performance.now() - began > ROUNDS.milliseconds) break;
      await walk(sql, readers, addresses[round % addresses.length] ?? '', pages);
    }
    for (const [which, { server, open: unwalled, bare }] of Object.entries(pages)) {
      rates[`${name}, ${which} page`] = timesOf(server);
      rates[`${name}, ${which} page: bare SQL`] = timesOf(bare);
      rates[`${name}, ${which} page: without the wall`] = timesOf(unwalled);
      ratios[`${name}, ${which} page: p95 to bare SQL`] = timesOf(server).p95 / timesOf(bare).p95;
      walled.push(timesOf(server).median / timesOf(unwalled).median);
    }
  }
  await reader.close();
  await open.close();
  const worst = Math.max(...Object.values(ratios));
  return {
    name: 'search',
    unit: `ms for ${COUNT} of ${observations.toLocaleString('en')} observations, promised: under ${PROMISED} times the bare SQL`,
    rates,
    ratios: {
      ...{ ...ratios, 'the worst of all': worst },
      'to a server without the wall, median of medians': timesOf(walled).median,
      'to a server without the wall, the worst median': Math.max(...walled),
    },
  };
}

const emptyTimes = (): Timed => ({ server: [], open: [], bare: [] });

/** The first pages of a search: each is asked for over HTTP, then its statement is sent bare. */
async function walk(
  sql: Sql,
  { reader, open }: Record<'reader' | 'open', Awaited<ReturnType<typeof apiReader>>>,
  address: string,
  times: Record<'first' | 'following', Timed>,
): Promise<void> {
  let next: string | undefined = address;
  for (let number = 0; number < PAGES && next !== undefined; number += 1) {
    const asked: string = next;
    let body: unknown;
    let milliseconds = 0;
    const statements = await statementsOf([sql, reader.reading.sql], async () => {
      ({ body, milliseconds } = await reader.read(asked));
    });
    const page = pageRead(body);
    const reading = statements.find(({ text }) => text.includes('"identifierSystem"'));
    if (reading === undefined || page.rows === 0) throw new Error(`nothing is read for ${asked}`);
    for (const statement of statements) await requireIndex(sql, statement);
    const { server, open: unwalled, bare } = number === 0 ? times.first : times.following;
    server.push(milliseconds);
    unwalled.push((await open.read(asked)).milliseconds);
    bare.push(await sent(sql, reading, page.rows));
    next = page.next;
  }
}

async function sent(sql: Sql, { text, parameters }: Statement, expected: number): Promise<number> {
  const began = performance.now();
  const rows = await sql.unsafe(text, [...parameters] as never[], { prepare: true });
  const milliseconds = performance.now() - began;
  if (rows.length < expected) throw new Error('the bare statement reads less than the page shows');
  return milliseconds;
}

const looked = new Set<string>();

/** Each text once. */
async function requireIndex(sql: Sql, statement: Statement): Promise<void> {
  if (looked.has(statement.text)) return;
  looked.add(statement.text);
  const scanned = await scannedTables(sql, statement);
  if (scanned.includes('observations')) throw new Error(`all observations are read by ${statement.text}`);
}
