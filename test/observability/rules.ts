import { parse } from 'yaml';
import { z } from 'zod';
import { textOf } from '../house/documents.js';

const rule = z.object({
  alert: z.string(),
  expr: z.string(),
  labels: z.object({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.object({ summary: z.string(), description: z.string(), runbook_url: z.string() }),
});

/** The alert rules, in their order. */
export const alerts = z
  .object({ groups: z.array(z.object({ rules: z.array(rule) })) })
  .parse(parse(textOf('deploy/prometheus/alerts.yml')))
  .groups.flatMap(({ rules }) => rules);
