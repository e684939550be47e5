import type { ServerDeps } from '../../api/env.js';
import type { TemporalUi } from '../views/admin/operations/temporal-link.js';

/** Where operators see the workflows themselves. */
export function temporalUi({ config }: Pick<ServerDeps, 'config'>): TemporalUi {
  return { url: config.TEMPORAL_UI_URL ?? 'http://localhost:8233', namespace: config.TEMPORAL_NAMESPACE };
}
