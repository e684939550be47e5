import { DAY, HOUR, SAMPLES_A_DAY, type Scenario } from './scenario.js';

/** How much a person's wearable syncs in each hour: little at night, a burst on waking up. */
const RHYTHM = [2, 1, 1, 1, 2, 6, 20, 32, 24, 12, 9, 9, 10, 9, 8, 8, 9, 10, 11, 10, 9, 9, 8, 4];
const AN_HOUR = RHYTHM.reduce((sum, weight) => sum + weight, 0);

/** Syncs of all wearables, in the order in which their samples can be read: patient, second of the day, samples. */
export interface Arrivals {
  readonly patient: Int32Array;
  readonly at: Int32Array;
  readonly samples: Uint16Array;
}

/** The same numbers from the same seed, evenly from 0 to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Everything that was measured between two syncs of a wearable arrives with the second. */
export function arrivalsOf(patients: number, { news, seed }: Pick<Scenario, 'news' | 'seed'>): Arrivals {
  const random = randomFrom(seed);
  const mean = (news / 100) * 24;
  // Room for far more than chance will bring.
  const room = Math.ceil(patients * mean * 1.1 + 1_000);
  const all = arrivalsWithRoom(room);
  let count = 0;
  const times: number[] = [];
  for (let patient = 0; patient < patients; patient += 1) {
    times.length = 0;
    for (let syncs = poisson(mean, random); syncs > 0; syncs -= 1) times.push(timeOfDay(random));
    times.sort((a, b) => a - b);
    let before = (-random() * DAY) / Math.max(1, mean);
    for (const time of times) {
      const samples = Math.round(((time - before) / DAY) * SAMPLES_A_DAY);
      if (samples === 0 || count === room) continue;
      all.patient[count] = patient;
      all.at[count] = Math.floor(time);
      all.samples[count] = samples;
      count += 1;
      before = time;
    }
  }
  return inOrder(all, count);
}

/** By second; of one second in the order of the patients. */
function inOrder(all: Arrivals, count: number): Arrivals {
  const places = new Int32Array(DAY + 1);
  for (let index = 0; index < count; index += 1) {
    const next = (all.at[index] ?? 0) + 1;
    places[next] = (places[next] ?? 0) + 1;
  }
  for (let second = 1; second <= DAY; second += 1)
    places[second] = (places[second] ?? 0) + (places[second - 1] ?? 0);
  const sorted = arrivalsWithRoom(count);
  for (let index = 0; index < count; index += 1) {
    const at = all.at[index] ?? 0;
    const place = places[at] ?? 0;
    places[at] = place + 1;
    sorted.patient[place] = all.patient[index] ?? 0;
    sorted.at[place] = at;
    sorted.samples[place] = all.samples[index] ?? 0;
  }
  return sorted;
}

function arrivalsWithRoom(room: number): Arrivals {
  return { patient: new Int32Array(room), at: new Int32Array(room), samples: new Uint16Array(room) };
}

function timeOfDay(random: () => number): number {
  let left = random() * AN_HOUR;
  const hour = RHYTHM.findIndex((weight) => (left -= weight) < 0);
  return Math.min(DAY - 1, (hour + random()) * HOUR);
}

function poisson(mean: number, random: () => number): number {
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > least; product *= random()) count += 1;
  return count;
}
