import type { Series } from './promtool.js';
import type { Sample, Scraped } from './scrape.js';

const MINUTES = 100;
/** What happened between two scrapes happens again and again, each time within so many minutes. */
const EVERY = 5;
const ADDS_UP = /_(total|bucket|sum|count)$/;

/** What Prometheus has after two scrapes: how it was, then how it is, and what is counted goes on as between them. */
export function between(before: Scraped, after: Scraped): Series[] {
  const known = new Map(before.samples.map((sample) => [nameOf(sample), sample.value]));
  const scraped = after.samples.filter(({ name }) => name.startsWith('wearable_exchange_'));
  return [
    { series: 'up{job="wearable-exchange-api",instance="api"}', values: `1x${MINUTES}` },
    ...scraped.map((sample) => {
      const was = known.get(nameOf(sample));
      return { series: nameOf(sample), values: valuesOf(sample, was) };
    }),
  ];
}

function valuesOf({ name, value }: Sample, was: number | undefined): string {
  // Tests of promtool begin at the epoch; this one looks all the time.
  if (name === 'wearable_exchange_looked_at_seconds') return `0+60x${MINUTES}`;
  if (!ADDS_UP.test(name)) return `${was ?? '_'}x4 ${value}x${MINUTES}`;
  const begin = was ?? 0;
  return `${begin}+${((value - begin) / EVERY).toFixed(6)}x${MINUTES}`;
}

function nameOf({ name, labels }: Sample): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(',')}}`;
}
