import { expect, it } from 'vitest';
import type { Capacity } from '../../bench/simulation/capacity.js';
import { billOf } from '../../bench/simulation/bill.js';
import { simulateDay } from '../../bench/simulation/day.js';
import { USUAL, type Scenario } from '../../bench/simulation/scenario.js';
import { percentile, type Tally } from '../../bench/simulation/tally.js';
import { readUnitCosts } from '../../bench/simulation/unit-costs.js';

const costs = readUnitCosts();
const plenty: Capacity = { worker: 1e3, temporal: 1e3, postgres: 1e3, requests: 1e5, slots: 1e5 };
const day = (change: Partial<Scenario>, capacity = plenty) =>
  simulateDay({ ...USUAL, patients: 2_000, reconcile: false, onboardings: 0, ...change }, costs, capacity);
const medianLateness = ({ late }: Tally) => percentile(late.slice().sort(), 0.5);
const readsOf = ({ reads }: Tally) => reads.nudged + reads.due + reads.round;

it.each([
  ['told by webhooks', {}],
  ['found by polls alone', { webhooks: 0 }],
  ['told by some webhooks, with few ticks', { webhooks: 40, interval: 240, maxAge: 1440 }],
])('every sample that arrives is stored once: %s', (_, change) => {
  const { tally } = day(change);
  expect(tally.arrived).toBeGreaterThan(2_000 * 250);
  expect(tally.stored).toBe(tally.arrived);
  expect(Math.min(...tally.late)).toBeGreaterThan(0);
});

it('a service with too little of everything stores every sample too, only later', () => {
  const poor = { worker: 0.05, temporal: 0.05, postgres: 0.05, requests: 6, slots: 10 };
  const { tally } = day({}, poor);
  expect(tally.stored).toBe(tally.arrived);
  expect(medianLateness(tally)).toBeGreaterThan(2 * medianLateness(day({}).tally));
});

it('the same seed is the same day, another one is another', () => {
  expect(day({}).tally).toEqual(day({}).tally);
  expect(day({ seed: 2 }).tally.arrived).not.toBe(day({}).tally.arrived);
});

it('twice the patients cost twice as much', () => {
  const used = (patients: number) => {
    const { tally, servers } = day({ patients });
    const asked = servers.requests.reduce((sum, each) => sum + each, 0);
    const worked = servers.used.worker.reduce((sum, each) => sum + each, 0);
    return [readsOf(tally), asked, tally.stored, worked];
  };
  const once = used(2_000);
  used(4_000).forEach((twice, index) => {
    expect(twice / (once[index] ?? NaN)).toBeCloseTo(2, 1);
  });
});

it('patients who stand for others cost what those would', () => {
  const [few, all] = [500, 4_000].map((sample) => day({ patients: 4_000, sample }).tally);
  expect((few?.stored ?? 0) / (all?.stored ?? 1)).toBeCloseTo(1, 1);
  expect((few && readsOf(few)) ?? 0).toBeGreaterThan(0.95 * ((all && readsOf(all)) ?? 0));
});

it('without webhooks, half the interval brings data in half the time', () => {
  const [quarters, halves] = [15, 30].map((interval) => medianLateness(day({ webhooks: 0, interval }).tally));
  expect(halves ?? 0).toBeGreaterThan(1.7 * (quarters ?? 0));
  expect(halves ?? 0).toBeLessThan(2.3 * (quarters ?? 0));
});

it('who is silent is read by age alone, and twice as rarely at twice the age', () => {
  const [hourly, twoHourly] = [60, 120].map((maxAge) => day({ news: 0, maxAge }).tally.reads.due);
  expect(hourly ?? 0).toBeGreaterThan(2_000 * 18);
  expect((hourly ?? 0) / (twoHourly ?? 1)).toBeGreaterThan(1.6);
});

it('a tick that is still running leaves the next one out', () => {
  const { tally } = day({ webhooks: 0 }, { ...plenty, requests: 3 });
  expect(tally.skippedTicks).toBeGreaterThan(10);
  expect(Math.max(...tally.tickSeconds)).toBeGreaterThan(15 * 60);
});

it('a history that is read back is in the bill', () => {
  const { tally } = day({ onboardings: 1, backfillDays: 30 });
  expect(tally.backfilled).toBe(20 * 30 * 344);
});

it('the bill is of the size that the day asks for', () => {
  const { capacity } = billOf({ ...USUAL, patients: 100_000, sample: 2_000 }, costs);
  const small = billOf({ ...USUAL, patients: 1_000 }, costs).capacity;
  expect(capacity.worker).toBeGreaterThan(small.worker);
  expect(capacity.requests).toBeGreaterThan(small.requests);
});
