import { expect, it } from 'vitest';
import type { ProcessFigures } from './figures.js';
import { excesses, LIMITS, told } from './report.js';
import type { SoakResult } from './soak.js';

const steady: ProcessFigures = {
  ...{ name: 'api', megabytesFirst: 120, megabytesLast: 124, megabytesGrown: 2, megabytesAnHour: 12 },
  ...{ descriptorsFirst: 22, descriptorsLast: 24 },
};

function resultOf(minutes: number, figures: Partial<ProcessFigures>, broken: string[] = []): SoakResult {
  return {
    options: { minutes, patients: 10, seed: 1 },
    ...{ samplesShown: 50, observations: 50, requests: 40, faults: 1, kills: 1, agreementsStopped: 1 },
    ticks: { begun: 5, skipped: 1, unanswered: 0, late: 0 },
    latencyMs: { count: 50, median: 900, p95: 2_000, most: 31_000 },
    ...{ processes: [{ ...steady, ...figures }], settledMs: 3_000, broken },
  };
}

it('a steady soak holds', () => {
  const result = resultOf(10, {});
  expect(excesses(result)).toEqual([]);
  expect(told(result)).toContain('holds: nothing lost');
});

it('descriptors that grow, memory that grows and what is lost break it', () => {
  const descriptorsLast = steady.descriptorsFirst + LIMITS.descriptorsGrown + 1;
  const megabytesGrown = LIMITS.megabytesGrown + 1;
  const found = excesses(resultOf(10, { descriptorsLast, megabytesGrown }, ['patient 1: lost (2)']));
  expect(found).toEqual([
    'patient 1: lost (2)',
    'api has 33 descriptors more',
    'api grew by 65 MB in the last third',
  ]);
});

it('a short soak says nothing of memory', () => {
  expect(excesses(resultOf(1, { megabytesGrown: 500 }))).toEqual([]);
});
