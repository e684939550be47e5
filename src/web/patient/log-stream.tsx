import { Hono } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { ServerDeps } from '../../api/env.js';
import { type LogReading, readLog } from '../../integration-log.js';
import { fragmentOf } from '../components/render-page.js';
import { LogLine, LogProgress } from '../components/log.js';
import type { PatientFrame } from '../components/patient-layout.js';
import type { WebEnv } from '../session.js';
import { lineOf } from './integration-log.js';
import { patientsOnly } from './signed-in.js';

const LOOK_EVERY_MS = 1_000;
/** Then the browser comes back by itself, with the number of the last line it has. */
const STREAM_FOR_MS = 5 * 60_000;
const RETRY_MS = 2_000;
/** A sign of life that no proxy takes for silence. */
const BEAT_EVERY_LOOKS = 15;
/** A screen reader says each change: few are enough. */
const PERCENT_STEP = 5;

/**
 * `GET /ow/log`: the integration log as server-sent events. A `line` has the number of its step as id, so that whoever
 * comes back (`Last-Event-ID`, or `after` on a page that has some lines already) misses none and gets none twice;
 * `progress` tells how much is read; `end`: nothing more will come. A process that stops ends the stream, and the browser
 * comes back to another one.
 */
export function logStreamRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { reading: sql, orchestration } = deps;
  const stopping = deps.stopping.signal;
  const signedIn = patientsOnly(deps.sql);
  const routes = new Hono<WebEnv>();
  routes.get('/log', signedIn, (context) => {
    const who = context.get('who');
    const { invitationId } = who.session;
    if (invitationId === null) return context.body(null, 204);
    const seen = Number(context.req.header('last-event-id') ?? context.req.query('after') ?? 0);
    return streamSSE(context, (stream) => tell(stream, who.frame, invitationId, seen));
  });
  return routes;

  async function tell(
    stream: SSEStreamingApi,
    frame: PatientFrame,
    invitationId: number,
    seen: number,
  ): Promise<void> {
    const told = { lines: Number.isSafeInteger(seen) && seen > 0 ? seen : 0, percent: -PERCENT_STEP };
    const until = Date.now() + STREAM_FOR_MS;
    await stream.write(`retry: ${RETRY_MS}\n\n`);
    const isOver = () => stream.aborted || stopping.aborted || Date.now() >= until;
    for (let look = 1; !isOver(); look += 1) {
      // Temporal or its workers may be away for a while: the log waits for them.
      const reading = await readLog({ sql, orchestration }, invitationId).catch(() => undefined);
      if (reading !== undefined) await tellNews(stream, frame, reading, told);
      if (reading?.isOver === true) {
        await stream.writeSSE({ event: 'end', data: '' });
        return;
      }
      if (look % BEAT_EVERY_LOOKS === 0) await stream.write(': here\n\n');
      await stream.sleep(LOOK_EVERY_MS);
    }
  }

  async function tellNews(
    stream: SSEStreamingApi,
    frame: PatientFrame,
    { steps, percent }: LogReading,
    told: { lines: number; percent: number },
  ): Promise<void> {
    for (const [index, step] of steps.entries()) {
      if (index < told.lines) continue;
      const line = <LogLine step={lineOf(step, frame.texts)} reader={frame} />;
      await stream.writeSSE({ event: 'line', id: String(index + 1), data: await fragmentOf(line) });
      told.lines = index + 1;
    }
    if (percent === null || percent < told.percent + PERCENT_STEP) return;
    told.percent = percent;
    const progress = <LogProgress percent={percent} reader={frame} />;
    await stream.writeSSE({ event: 'progress', data: await fragmentOf(progress) });
  }
}
