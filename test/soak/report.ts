import type { Spread } from './figures.js';
import type { SoakResult } from './soak.js';

/** What a soak may not exceed. */
export const LIMITS = {
  /** More descriptors at the end than at the begin. */
  descriptorsGrown: 32,
  /** Of the last third over the second. */
  megabytesGrown: 64,
  /** A shorter soak is warming up, and says nothing about memory. */
  minutesForMemory: 10,
};

/** Every limit that is broken, in words; none: it holds. */
export function excesses({ options, processes, broken }: SoakResult): string[] {
  const grown = processes.flatMap(({ name, descriptorsFirst, descriptorsLast, megabytesGrown }) => {
    const descriptors = descriptorsLast - descriptorsFirst;
    const isLong = options.minutes >= LIMITS.minutesForMemory;
    return [
      ...(descriptors > LIMITS.descriptorsGrown ? [`${name} has ${descriptors} descriptors more`] : []),
      ...(isLong && megabytesGrown > LIMITS.megabytesGrown
        ? [`${name} grew by ${megabytesGrown.toFixed(0)} MB in the last third`]
        : []),
    ];
  });
  return [...broken, ...grown];
}

/** A page for people. */
export function told(result: SoakResult): string {
  const { options, ticks, processes } = result;
  const found = excesses(result);
  return [
    `${options.minutes} minutes, ${options.patients} patients, seed ${options.seed}`,
    `  shown        ${result.samplesShown} samples, ${result.observations} of them stored`,
    `  upstream     ${result.requests} requests, ${result.faults} answered with a fault`,
    `  kills        ${result.kills}; agreements stopped ${result.agreementsStopped}`,
    `  ticks        ${ticks.begun} polls begun, ${ticks.skipped} skipped since one ran, ` +
      `${ticks.unanswered} unanswered, ${ticks.late} late`,
    `  latency      ${spread(result.latencyMs)} from shown to stored`,
    `  settled in   ${seconds(result.settledMs)} after the last fault`,
    ...processes.map(
      (each) =>
        `  ${each.name.padEnd(12)} ${megabytes(each.megabytesFirst)} to ${megabytes(each.megabytesLast)}, ` +
        `last third ${megabytes(each.megabytesGrown)} over the second, ${megabytes(each.megabytesAnHour)} an hour; ` +
        `descriptors ${each.descriptorsFirst} to ${each.descriptorsLast}`,
    ),
    found.length === 0
      ? '  holds: nothing lost, doubled, invented or without consent'
      : `  BROKEN (${found.length}):\n    ${found.slice(0, 20).join('\n    ')}`,
  ].join('\n');
}

function spread({ median, p95, most }: Spread): string {
  return `${seconds(median)} in the median, ${seconds(p95)} in 95 of 100, ${seconds(most)} at most`;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const megabytes = (size: number) => `${size.toFixed(0)} MB`;
