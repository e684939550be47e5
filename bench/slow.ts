import { hashLoop } from './calibration.js';
import { observationsIn } from './histories.js';
import { placeNews, tick } from './news.js';
import { makeWearers } from './patients.js';
import { peaksOf } from './processes.js';
import { inRounds, ratioOf } from './rounds.js';
import { withWorld, type BenchWorld } from './world.js';

const NEW_SAMPLES = 3;
/** 200 ms later, one in twenty an error, one in a hundred never. */
const BAD = { delayMs: 200, errorEvery: 20, stallEvery: 100 };
/** Whom a tick could not read is read by the next one. */
const MOST_TICKS = 3;

export interface SlowSize {
  readonly wearers: number;
  readonly rounds: number;
}

/** Ticks of patients with news while Open Wearables is slow, fails and stalls, beside ticks while it does not. */
export function benchSlow(size: SlowSize) {
  return withWorld((world) => measureSlow(world, size));
}

async function measureSlow(world: BenchWorld, { wearers: count, rounds }: SlowSize) {
  const wearers = await makeWearers(world, count, 30);
  const ticks: Record<string, number[]> = { 'without faults': [], 'slow and failing': [] };
  const piece = (name: string, weather: typeof BAD | null) => {
    let before = 0;
    return {
      async ready() {
        await placeNews(world, wearers, NEW_SAMPLES);
        await world.openWearables.setWeather(weather);
        before = await observationsIn(world.app.sql);
      },
      async work() {
        let needed = 0;
        for (let read = 0; read < count && needed < MOST_TICKS; needed += 1)
          read += (await tick(world)).result.patients['new data'];
        ticks[name]?.push(needed);
        return count;
      },
      async check() {
        await world.openWearables.setWeather(null);
        const stored = (await observationsIn(world.app.sql)) - before;
        if (stored !== NEW_SAMPLES * count)
          throw new Error(`${stored} of ${NEW_SAMPLES * count} new samples are stored, ${name}`);
      },
    };
  };
  const rates = await inRounds(
    {
      'hash loop': hashLoop,
      'without faults': piece('without faults', null),
      'slow and failing': piece('slow and failing', BAD),
    },
    { rounds, pids: world.pids },
  );
  return {
    unit: `patients with ${NEW_SAMPLES} new samples a second, of ticks with ${count}; slow: ${BAD.delayMs} ms more, 1 of ${BAD.errorEvery} fails, 1 of ${BAD.stallEvery} stalls`,
    rates: {
      ...rates,
      ...Object.fromEntries(
        Object.entries(ticks).map(([name, needed]) => [
          `ticks until all are read, ${name}`,
          { median: Math.max(...needed) },
        ]),
      ),
    },
    ratios: { 'slow and failing to without faults': ratioOf(rates, 'slow and failing', 'without faults') },
    megabytes: peaksOf(world.pids),
  };
}
