import type { PropsWithChildren } from 'hono/jsx';
import { Icon } from '../../../components/icon.js';

/** Where Temporal's own pages are. */
export interface TemporalUi {
  readonly url: string;
  readonly namespace: string;
}

/** The page of a workflow, or of all workflows that a query of theirs finds. */
export function temporalAddress(
  { url, namespace }: TemporalUi,
  at: { id: string } | { query: string },
): string {
  const workflows = `${url.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows`;
  return 'id' in at
    ? `${workflows}/${encodeURIComponent(at.id)}`
    : `${workflows}?query=${encodeURIComponent(at.query)}`;
}

export function TemporalLink({ href, children }: PropsWithChildren<{ readonly href: string }>) {
  return (
    <a href={href} class="wx-nowrap">
      {children} <Icon name="box-arrow-up-right" />
    </a>
  );
}
