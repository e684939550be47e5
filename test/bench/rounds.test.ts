import { expect, it } from 'vitest';
import { inRounds, ratioOf, ratioToSum } from '../../bench/rounds.js';

const busy = (milliseconds: number): Promise<void> => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return Promise.resolve();
};

it('pieces run in turn, the first round warms up, and only the work is measured', async () => {
  const done: string[] = [];
  const piece = (name: string) => ({
    ready: () => busy(200),
    check: () => busy(200),
    work: () => {
      done.push(name);
      void busy(1);
      return Promise.resolve(10);
    },
  });
  const pieces = { limit: piece('limit'), ours: piece('ours') };
  const figures = await inRounds(pieces, { rounds: 2, pids: { bench: process.pid } });
  expect(done).toEqual(['limit', 'ours', 'limit', 'ours', 'limit', 'ours']);
  expect(figures['limit']?.perSecond).toHaveLength(2);
  expect(figures['limit']?.median).toBeGreaterThan(50);
  expect(figures['ours']?.cpuOfUnit['bench']).toBeGreaterThan(0);
});

it('work that is not right is no figure', async () => {
  const wrong = {
    work: () => Promise.resolve(1),
    check: () => Promise.reject(new Error('a row is missing')),
  };
  await expect(inRounds({ wrong }, { rounds: 1, pids: {} })).rejects.toThrow('a row is missing');
});

it('a ratio compares what was measured in the same round, with the smaller of two limits', () => {
  const of = (...perSecond: number[]) => ({ median: 0, perSecond, cpuOfUnit: {} });
  const figures = { ours: of(80, 40, 90), upsert: of(100, 50, 300), pipeline: of(200, 60, 100) };
  expect(ratioOf(figures, 'ours', 'upsert')).toBe(0.8);
  expect(ratioOf(figures, 'ours', 'upsert', 'pipeline')).toBe(0.8);
});

it('who does two things one after the other is as fast as both take together', () => {
  const of = (...perSecond: number[]) => ({ median: 0, perSecond, cpuOfUnit: {} });
  const figures = { ours: of(75, 20, 30), reads: of(100, 40, 60), runs: of(300, 40, 60) };
  expect(ratioToSum(figures, 'ours', 'reads', 'runs')).toBe(1);
});
