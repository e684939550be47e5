import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** From an answer out of memory to the longest that anybody waits for one. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** The metrics of this process, in Prometheus' text format. Labels are outcomes and kinds, never ids. */
export function createMetrics(options: { processMetrics: boolean }): Registry {
  const registry = new Registry();
  if (options.processMetrics) collectDefaultMetrics({ register: registry });
  return registry;
}

/** A counter named `wearable_exchange_<name>_total`. */
export function counter(registry: Registry, name: string, help: string, labelNames: string[] = []): Counter {
  return new Counter({ name: `wearable_exchange_${name}_total`, help, labelNames, registers: [registry] });
}

/** A histogram of durations named `wearable_exchange_<name>_seconds`. */
export function durations(registry: Registry, name: string, help: string, labelNames: string[]): Histogram {
  const called = `wearable_exchange_${name}_seconds`;
  return new Histogram({ name: called, help, labelNames, buckets: SECONDS, registers: [registry] });
}

export type Values = readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];

interface Measured {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: string[];
  /** Asked at each scrape; what is not told then is not shown. */
  readonly ask: () => Promise<Values>;
}

/** A gauge named `wearable_exchange_<name>`, measured at each scrape. */
export function measuredGauge(registry: Registry, { name, help, labelNames = [], ask }: Measured): void {
  new Gauge({
    ...{ name: `wearable_exchange_${name}`, help, labelNames, registers: [registry] },
    async collect() {
      const values = await ask();
      this.reset();
      if (labelNames.length === 0) this.remove();
      for (const [labels, value] of values) this.set(labels, value);
    },
  });
}

/** A counter named `wearable_exchange_<name>_total` that somebody else counts. */
export function measuredCounter(registry: Registry, { name, help, labelNames = [], ask }: Measured): void {
  new Counter({
    ...{ name: `wearable_exchange_${name}_total`, help, labelNames, registers: [registry] },
    async collect() {
      const values = await ask();
      this.reset();
      for (const [labels, value] of values) this.inc(labels, value);
    },
  });
}
