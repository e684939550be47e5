import type { App } from './app.js';
import { askEnding } from './db/connection-endings.js';

/** What a patient wants of a wearable that is no longer to be read. */
export interface EndingWish {
  readonly patientId: number;
  readonly provider: string;
  /** False: only when no standing consent needs it. */
  readonly asked: boolean;
  /** Whether what Open Wearables keeps of it is deleted as well. */
  readonly purge: boolean;
}

/** Sets the end of a connection in motion, and remembers that it is under way. */
export async function endConnection(
  { sql, orchestration }: Pick<App, 'sql' | 'orchestration'>,
  { patientId, provider, asked, purge }: EndingWish,
): Promise<void> {
  await askEnding(sql, patientId, provider, purge);
  await orchestration.disconnect({ patientId, provider, asked, purge });
}
