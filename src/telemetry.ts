import { Counter, Registry, collectDefaultMetrics } from 'prom-client';

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
