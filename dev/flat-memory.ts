import { startApiProcess } from './api-process.js';
import { storeHeartRates, type Minutes } from './heart-rates.js';
import type { World } from './world.js';

/** The first warms up: code is compiled, and the heap gets the size that pages need. */
const PULLED = [10_000, 10_000, 100_000] as const;
const MOST_GROWTH = 1.2;

/** Pulls some observations, then ten times as many: what the server holds at once must not grow with them. */
export async function requireFlatMemory(
  world: World,
  { patient, study, from }: Omit<Minutes, 'to'>,
  pull: (url: string, observations: number) => Promise<void>,
): Promise<void> {
  const api = await startApiProcess(world);
  try {
    const most: number[] = [];
    let stored = from - 1;
    for (const observations of PULLED) {
      await storeHeartRates(world.app.sql, { patient, study, from: stored + 1, to: observations });
      stored = observations;
      most.push(await api.mostMemory(() => pull(api.url, observations)));
    }
    const [, few = 0, many = 0] = most;
    process.stdout.write(`memory of the server, pulling ${PULLED.join(', ')}: ${most.join(', ')} MiB\n`);
    if (many > few * MOST_GROWTH) throw new Error('the memory of the server grows with what is pulled');
  } finally {
    await api.stop();
  }
}
