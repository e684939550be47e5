import type { BenchResult } from './report.js';

/** Ratios by bench and name, of the small forms on a quiet machine; higher is better. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What noise of a shared machine may take. */
const ALLOWED = 0.75;

/** Every stored ratio that was not reached, or not measured, in words. */
export function shortfalls(
  baseline: Baseline,
  results: Readonly<Record<string, Pick<BenchResult, 'ratios'>>>,
): string[] {
  return Object.entries(baseline).flatMap(([bench, ratios]) =>
    Object.entries(ratios).flatMap(([name, stored]) => {
      const found = results[bench]?.ratios[name] ?? 0;
      const least = stored * ALLOWED;
      return found >= least ? [] : [`${bench}: ${name} is ${found.toFixed(3)}, under ${least.toFixed(3)}`];
    }),
  );
}
