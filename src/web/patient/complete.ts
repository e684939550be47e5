import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { latestAttempt, type ConnectAttempt } from '../../db/connect-attempts.js';
import { requestedScopes } from '../../db/consents.js';
import { dataByDay } from '../../db/first-data.js';
import type { Patient } from '../../db/patients.js';
import { renderPage } from '../components/render-page.js';
import type { WebEnv } from '../session.js';
import { CompletePage } from '../views/patient/complete.js';
import { DeniedPage, FailedPage, TimedOutPage } from '../views/patient/connect-messages.js';
import type { FirstData } from '../views/patient/first-data.js';
import { studiesOf } from './consent-form.js';
import { deviceName } from './devices.js';
import { firstDataOf } from './first-data.js';
import { integrationLog } from './integration-log.js';
import { patientsOnly, type SignedIn } from './signed-in.js';

/** How the newest attempt ended: "Successfully Connected" only when Open Wearables has confirmed it. */
export function completeRoutes({ sql, reading, orchestration, settings }: ServerDeps): Hono<WebEnv> {
  const signedIn = patientsOnly(sql);
  const routes = new Hono<WebEnv>();
  routes.get('/complete', signedIn, async (context) => {
    const who = context.get('who');
    const attempt = await latestAttempt(sql, who.patient.id);
    if (attempt === undefined) return context.redirect('/ow/devices', 303);
    return context.html(await renderPage(await outcomePage(who, attempt)));
  });
  return routes;

  async function outcomePage(who: SignedIn, attempt: ConnectAttempt) {
    const { frame, session, patient } = who;
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
        const confirmedAt = attempt.endedAt ?? attempt.startedAt;
        const data = await firstData(patient, provider, confirmedAt);
        const outcome = { is: 'connected', confirmedAt, data } as const;
        return CompletePage({ frame, device, outcome, ...(await beside(who)) });
      }
      case null: {
        const outcome = { is: 'waiting', again: { csrf: session.csrf, provider } } as const;
        return CompletePage({ frame, device, outcome, ...(await beside(who)) });
      }
    }
  }

  async function beside({ patient, session, frame }: SignedIn) {
    const [scopes, log] = await Promise.all([
      requestedScopes(reading, patient.id),
      integrationLog({ reading, orchestration }, session.invitationId, frame.texts),
    ]);
    const studies = studiesOf(scopes, new Date());
    return { studies: studies.map(({ name, organization }) => ({ name, runBy: organization })), log };
  }

  /** What has arrived so far, with the backfill's progress. */
  async function firstData(patient: Patient, provider: string, confirmedAt: Date): Promise<FirstData> {
    const [byDay, { 'ow.backfill_days': days }, backfill] = await Promise.all([
      dataByDay(reading, { patientId: patient.id, provider, zone: patient.timeZone }),
      settings.read(),
      orchestration.backfillProgress(patient.id).catch(() => undefined),
    ]);
    return firstDataOf({ byDay, backfill, days, confirmedAt, now: new Date() });
  }
}
