import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { onBehalfOf } from '../../db/reading.js';
import { patientData } from '../../patient-data.js';
import type { WebEnv } from '../session.js';
import { patientsOnly } from './signed-in.js';

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;

/** `GET /ow/manage/my-data.csv` and `.jsonl`: everything about the patient of this session, as fast as it is taken. */
export function downloadRoutes({ sql, reading, events, limits }: ServerDeps): Hono<WebEnv> {
  const signedIn = patientsOnly(sql);
  const routes = new Hono<WebEnv>();
  for (const format of ['csv', 'jsonl'] as const) {
    routes.get(`/manage/my-data.${format}`, signedIn, async (context) => {
      const who = context.get('who');
      await limits.take('export', String(who.patient.id));
      events.dataDownloaded({ patientId: who.patient.id, format });
      context.header('Content-Type', TYPES[format]);
      context.header('Content-Disposition', `attachment; filename="my-data.${format}"`);
      return context.body(pulled(patientData({ sql: reading }, who.patient.id, format), who.session.userId));
    });
  }
  return routes;
}

/**
 * A body that is made as it is taken; what fails on the way breaks it off, so that a part never looks whole. It is
 * taken when the request's own work is over, so it says anew for whom it reads.
 */
function pulled(chunks: AsyncGenerator<string>, userId: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await onBehalfOf(userId, () => chunks.next());
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
