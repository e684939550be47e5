import { readAlone } from './alone.js';
import { DAY_MS, forget, MINUTE_MS, samplesOf } from './histories.js';
import type { Wearer } from './patients.js';
import type { BenchWorld } from './world.js';

const PAGE = 100;
const HISTORY_DAYS = 5;

/** Days of full pages of one patient, by our activities and without Temporal; a unit is a page. */
export async function pageReads(world: BenchWorld, { id, owUserId }: Wearer) {
  const end = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 2 * DAY_MS;
  const span = {
    from: new Date(end - HISTORY_DAYS * DAY_MS).toISOString(),
    to: new Date(end).toISOString(),
  };
  const samples = samplesOf(span);
  await world.openWearables.addSamples(owUserId, samples);
  return {
    ready: () => forget(world.app.sql),
    async work() {
      await readAlone(world, id, span);
      return samples.length / PAGE;
    },
  };
}
