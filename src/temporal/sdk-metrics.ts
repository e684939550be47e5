import type { MetricTags } from '@temporalio/common';
import { type BufferedMetricUpdate, MetricsBuffer } from '@temporalio/worker';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What the Temporal SDK says of a value; whatever else it may say comes without a bound. */
const LABELS = [
  ...['task_queue', 'worker_type', 'poller_type', 'workflow_type', 'activity_type'],
  ...['operation', 'status_code', 'failure_reason'],
];
const SECONDS = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300];
/** A worker under load moves some thousand values a second. */
const KEPT = 100_000;
const DRAIN_MS = 1_000;

type Kept = Counter | Gauge | Histogram;
type Labels = Record<string, string>;

/** What the SDK counts, in this process: it exists once there, and so do these. */
export const sdkBuffer = new MetricsBuffer({ maxBufferSize: KEPT, useSecondsForDurations: true });
const kept = new Map<string, Kept>();
const shown = new Set<Registry>();
/** The SDK says the same attributes with the same object, as a rule. */
const labelled = new WeakMap<MetricTags, Labels>();
let draining: NodeJS.Timeout | undefined;

/** From now on the registry shows what the SDK counts, under the names of its documentation: `temporal_...`. */
export function showSdkMetrics(registry: Registry): void {
  if (shown.has(registry)) return;
  shown.add(registry);
  for (const metric of kept.values()) registry.registerMetric(metric);
  draining ??= setInterval(drain, DRAIN_MS).unref();
}

function drain(): void {
  for (const update of sdkBuffer.retrieveUpdates()) keep(update);
}

function keep({ metric: { name, kind, description }, value, attributes }: BufferedMetricUpdate): void {
  const metric = kept.get(name) ?? create(name, kind, description ?? name);
  const labels = labelsOf(attributes);
  if (metric instanceof Counter) metric.inc(labels, value);
  else if (metric instanceof Histogram) metric.observe(labels, value);
  else metric.set(labels, value);
}

function labelsOf(attributes: MetricTags): Labels {
  const known = labelled.get(attributes);
  if (known !== undefined) return known;
  const labels: Labels = {};
  for (const label of LABELS) if (attributes[label] !== undefined) labels[label] = String(attributes[label]);
  labelled.set(attributes, labels);
  return labels;
}

function create(name: string, kind: string, help: string): Kept {
  const options = { name, help, labelNames: LABELS, registers: [...shown] };
  const metric =
    kind === 'counter'
      ? new Counter(options)
      : kind === 'histogram'
        ? new Histogram({ ...options, buckets: SECONDS })
        : new Gauge(options);
  kept.set(name, metric);
  return metric;
}
