import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { latestAttempt, type ConnectAttempt } from '../../db/connect-attempts.js';
import { countObservations } from '../../db/observations.js';
import { renderPage } from '../components/render-page.js';
import type { WebEnv } from '../session.js';
import { CompletePage } from '../views/patient/complete.js';
import { DeniedPage, FailedPage, TimedOutPage } from '../views/patient/connect-messages.js';
import type { FirstData } from '../views/patient/first-data.js';
import { deviceName } from './devices.js';
import { integrationLog } from './integration-log.js';
import { signedIn, type SignedIn } from './signed-in.js';

const REFRESH_SECONDS = 3;

/** How the newest attempt ended: "Successfully Connected" only when Open Wearables has confirmed it. */
export function completeRoutes({ sql, orchestration, settings }: ServerDeps): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  routes.get('/complete', async (context) => {
    const who = await signedIn(context, sql);
    if (who instanceof Response) return who;
    const attempt = await latestAttempt(sql, who.patient.id);
    if (attempt === undefined) return context.redirect('/ow/devices', 303);
    return context.html(await renderPage(await outcomePage(who, attempt)));
  });
  return routes;

  async function outcomePage({ frame, session, patient }: SignedIn, attempt: ConnectAttempt) {
    const { provider } = attempt;
    const device = deviceName(provider);
    const again = { frame, csrf: session.csrf, provider, device };
    switch (attempt.outcome) {
      case 'denied':
        return DeniedPage(again);
      case 'failed':
      case 'superseded':
        return FailedPage(again);
      case 'expired':
        return TimedOutPage(again);
      case 'connected': {
        const log = await integrationLog(orchestration, session.invitationId, frame.texts);
        const data = await firstData(patient.id);
        const outcome = { is: 'connected', confirmedAt: attempt.endedAt ?? attempt.startedAt, data } as const;
        return CompletePage({
          frame,
          device,
          outcome,
          log,
          refreshSeconds: data.readBack && REFRESH_SECONDS,
        });
      }
      case null: {
        const log = await integrationLog(orchestration, session.invitationId, frame.texts);
        return CompletePage({
          frame,
          device,
          outcome: { is: 'waiting', again: { csrf: session.csrf, provider } },
          log,
          refreshSeconds: REFRESH_SECONDS,
        });
      }
    }
  }

  /** What has arrived so far, with the backfill's progress while it runs. */
  async function firstData(patientId: number): Promise<FirstData> {
    const [readings, { 'ow.backfill_days': days }, backfill] = await Promise.all([
      countObservations(sql, patientId, null),
      settings.read(),
      orchestration.backfillProgress(patientId).catch(() => undefined),
    ]);
    if (backfill === undefined || backfill.state === 'done') return { readings };
    return { readings, readBack: { days, daysDone: Math.round((days * backfill.percent) / 100) } };
  }
}
