import { only, type Sql } from '../src/db/sql.js';
import { hashLoop } from './calibration.js';
import { historyEndingNow, readThroughTemporal } from './history-reads.js';
import { forget, samplesOf } from './histories.js';
import { makeWearers } from './patients.js';
import { peaksOf } from './processes.js';
import { inRounds, ratioOf } from './rounds.js';
import { withWorld, type BenchWorld } from './world.js';

export interface CorrectionsSize {
  readonly days: number;
  readonly wearers: number;
  readonly rounds: number;
}

/** All samples of some days are corrected at Open Wearables: read anew, beside their first read and a read that finds them equal. */
export function benchCorrections(size: CorrectionsSize) {
  return withWorld((world) => measureCorrections(world, size));
}

async function measureCorrections(world: BenchWorld, { days, wearers: count, rounds }: CorrectionsSize) {
  const { sql } = world.app;
  const span = historyEndingNow(days);
  const wearers = await makeWearers(world, count, days + 1);
  const samples = samplesOf(span);
  const rows = count * samples.length;
  let shift = 0;
  /** Every value is another one than before. */
  const change = async () => {
    shift = shift === 0 ? 1 : 0;
    const changed = samples.map((sample) => ({ ...sample, value: sample.value + shift }));
    for (const { owUserId } of wearers) await world.openWearables.addSamples(owUserId, changed);
  };
  const read = async () => {
    await Promise.all(wearers.map(({ id }) => readThroughTemporal(world, id, span)));
    return rows;
  };
  const first = samples.reduce((sum, { value }) => sum + value, 0);
  const sumNow = () => count * (first + shift * samples.length);
  const pieces = {
    'hash loop': hashLoop,
    created: {
      async ready() {
        await forget(sql);
        await change();
      },
      work: read,
      check: () => requireRows(sql, { rows, sum: sumNow(), amended: 0, revisions: 0, before: 0 }),
    },
    amended: {
      ready: change,
      work: read,
      check: () => {
        const before = count * (first + (1 - shift) * samples.length);
        return requireRows(sql, { rows, sum: sumNow(), amended: rows, revisions: rows, before });
      },
    },
    'read again, equal': { work: read },
  };
  const rates = await inRounds(pieces, { rounds, pids: world.pids });
  return {
    unit: `observations a second, ${days} days of ${count} patients, ${rows} rows`,
    rates,
    ratios: {
      'amended to created': ratioOf(rates, 'amended', 'created'),
      'equal to created': ratioOf(rates, 'read again, equal', 'created'),
    },
    megabytes: peaksOf(world.pids),
  };
}

interface Expected {
  readonly rows: number;
  /** Of all values, now and before they were corrected. */
  readonly sum: number;
  readonly before: number;
  readonly amended: number;
  readonly revisions: number;
}

/** Each row is there once with the newest value, says whether it was corrected, and keeps what it was before. */
async function requireRows(sql: Sql, expected: Expected): Promise<void> {
  const found = only(
    await sql<Expected[]>`
      select count(*) as rows, count(distinct identifier) as "distinct", sum(value) as sum,
             count(*) filter (where status = 'amended') as amended,
             (select count(*) from observation_revisions where status = 'final') as revisions,
             (select coalesce(sum(value), 0) from observation_revisions) as before
      from observations`,
  );
  for (const [what, value] of Object.entries({ ...expected, distinct: expected.rows }))
    if (Math.abs(Number(Object.entries(found).find(([name]) => name === what)?.[1]) - value) > 1e-6)
      throw new Error(`${what} of the observations: ${JSON.stringify(found)}, not ${value}`);
}
