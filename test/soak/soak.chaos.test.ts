import { afterAll, beforeAll, expect, it } from 'vitest';
import { startChaosWorld, type ChaosWorld } from '../chaos/world.js';
import { excesses } from './report.js';
import { soak } from './soak.js';

let world: ChaosWorld;
beforeAll(async () => {
  world = await startChaosWorld();
});
afterAll(async () => {
  await world.close();
});

/** `npm run soak -- --minutes 60` is the long form. */
it('a minute and a half of ticks, faults and a killed worker lose, double and leak nothing', async () => {
  const result = await soak(world, { minutes: 1.5, patients: 50, seed: 1, say: () => undefined });
  expect(excesses(result)).toEqual([]);
  expect(result.kills).toBe(1);
  expect(result.observations).toBeGreaterThan(0);
  expect(result.processes.map(({ name }) => name)).toEqual(['api', 'worker 1']);
});
