import type { Weather } from '../dev/open-wearables/faults.js';
import { hashLoop } from './calibration.js';
import { observationsIn } from './histories.js';
import { placeNews, tick } from './news.js';
import { makeWearers } from './patients.js';
import { peaksOf } from './processes.js';
import { inRounds, ratioOf } from './rounds.js';
import { withSecondWorker } from './second-worker.js';
import { withWorld, type BenchWorld } from './world.js';

const NEW_SAMPLES = 3;
/** 200 ms later, one in twenty an error, one in a hundred never. */
const BAD = { delayMs: 200, errorEvery: 20, stallEvery: 100 };
/** As another machine's answers are: cores have time, a worker waits for its few requests at once. */
const FAR = { delayMs: 200, errorEvery: Infinity, stallEvery: Infinity };
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
  const ticks: Record<string, number[]> = {};
  const pids = { ...world.pids };
  const piece = (name: string, weather: Weather | null) => {
    let before = 0;
    const needs = (ticks[name] = new Array<number>());
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
        needs.push(needed);
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
      slow: piece('slow', FAR),
      'slow, two workers': withSecondWorker(world, pids, piece('slow, two workers', FAR)),
    },
    { rounds, pids },
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
    ratios: {
      'slow and failing to without faults': ratioOf(rates, 'slow and failing', 'without faults'),
      'two workers to one, slow': ratioOf(rates, 'slow, two workers', 'slow'),
    },
    megabytes: peaksOf(world.pids),
  };
}
