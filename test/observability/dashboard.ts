import { z } from 'zod';
import { textOf } from '../house/documents.js';

const panel = z.object({
  id: z.int(),
  type: z.enum(['row', 'stat', 'timeseries']),
  title: z.string().min(1),
  gridPos: z.object({ h: z.int(), w: z.int().max(24), x: z.int().max(23), y: z.int() }),
  datasource: z.object({ uid: z.literal('${datasource}') }).optional(),
  targets: z.array(z.object({ refId: z.string(), expr: z.string().min(1) })).optional(),
});
const shape = z.object({
  id: z.null(),
  uid: z.string().max(40),
  title: z.string(),
  schemaVersion: z.int().min(36),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), type: z.string(), query: z.string() })),
  }),
  panels: z.array(panel),
});

/** The dashboard as Grafana takes it; throws where it would not. */
export function dashboard(): z.infer<typeof shape> {
  return shape.parse(JSON.parse(textOf('deploy/grafana/wearable-exchange.json')));
}

/** As Prometheus gets them: Grafana's own variables filled in. */
export function expressionsOf({ panels }: Pick<z.infer<typeof shape>, 'panels'>): string[] {
  return panels.flatMap(({ targets = [] }) =>
    targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '5m')),
  );
}

/** The names of metrics that an expression asks for. */
export function namesIn(expression: string): string[] {
  return [...expression.matchAll(/\b(?:wearable_exchange|temporal|process|nodejs)_[a-z0-9_]+/g)].map(
    ([name]) => name,
  );
}
