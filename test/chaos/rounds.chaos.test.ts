import { afterAll, beforeAll, expect, it } from 'vitest';
import { playRound } from './round.js';
import { scriptOf } from './script.js';
import { startChaosWorld, type ChaosWorld } from './world.js';

/** `npm run chaos -- --rounds 200` plays them all. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

let world: ChaosWorld;
beforeAll(async () => {
  world = await startChaosWorld();
});
afterAll(async () => {
  await world.close();
});

it.each(SEEDS)(
  'seed %i: once all is mended, nothing is lost, doubled, unconsented or stuck',
  async (seed) => {
    expect((await playRound(world, scriptOf(seed))).broken).toEqual([]);
  },
);
