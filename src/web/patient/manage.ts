import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { endConnection } from '../../connection-endings.js';
import { changeConsents } from '../../consent-changes.js';
import { daysWithData } from '../../db/days-with-data.js';
import { endingsOf } from '../../db/connection-endings.js';
import { connectionsOf } from '../../db/connections.js';
import { consentTextsOf } from '../../db/consent-texts.js';
import { requestedScopes } from '../../db/consents.js';
import { countObservations, newestByProvider } from '../../db/observations.js';
import { answersOf } from '../../db/own-answers.js';
import { syncOf } from '../../db/patient-sync.js';
import { renderPage } from '../components/render-page.js';
import { anyPage, closeSession, type WebEnv } from '../session.js';
import type { Texts } from '../texts/en.js';
import { ManagePage } from '../views/patient/manage.js';
import { SignedOutPage } from '../views/patient/plain-messages.js';
import { connectionStateOf } from './connection-state.js';
import { changedAnswers, studiesOf, studyTextRead, versionRead } from './consent-form.js';
import { deviceName } from './devices.js';
import { frameOfNobody } from './frame.js';
import { patientsOnly, valueOf, type SignedIn } from './signed-in.js';

/** How many days the strips of the devices show. */
const STRIP_DAYS = 14;

/** The patient's own page: connections, answers, and the ways out. */
export function manageRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, reading, config, orchestration } = deps;
  const signedIn = patientsOnly(sql);
  const routes = new Hono<WebEnv>();

  routes.get('/manage', signedIn, async (context) => {
    const who = context.get('who');
    const done = whatWasDone(context.req.query('done'), who.frame.texts);
    return context.html(await managePage(who, done));
  });

  routes.post('/manage/consents', signedIn, async (context) => {
    const who = context.get('who');
    const form = context.get('form');
    const { id } = who.patient;
    const [scopes, texts] = await Promise.all([requestedScopes(reading, id), consentTextsOf(reading, id)]);
    const answers = changedAnswers(scopes, (line) => valueOf(form, `answer-${line}`), {
      patientId: who.patient.id,
      recordedBy: who.session.userId,
      channel: 'manage page',
      textVersion: versionRead(valueOf(form, 'textVersion'), who.frame.texts),
      studyTextRead: studyTextRead(form, texts),
    });
    await changeConsents(deps, who.patient.id, answers);
    return context.redirect('/ow/manage?done=answers', 303);
  });

  routes.post('/manage/disconnect', signedIn, async (context) => {
    const who = context.get('who');
    const form = context.get('form');
    const provider = valueOf(form, 'provider');
    const isMine = (await connectionsOf(reading, who.patient.id)).some(
      (entry) => entry.provider === provider,
    );
    if (isMine) await endConnection(deps, { patientId: who.patient.id, provider, asked: true, purge: false });
    return context.redirect('/ow/manage?done=disconnect', 303);
  });

  routes.post('/sign-out', signedIn, async (context) => {
    await closeSession(anyPage(context), sql, config.SITE_URL);
    return context.html(await renderPage(SignedOutPage({ frame: frameOfNobody(context) })));
  });
  return routes;

  async function managePage({ patient, session, frame }: SignedIn, done?: string): Promise<string> {
    const [scopes, texts, connections, sync, newest, backfill, endings, readings, answers, days] =
      await Promise.all([
        requestedScopes(reading, patient.id),
        consentTextsOf(reading, patient.id),
        connectionsOf(reading, patient.id),
        syncOf(reading, patient.id),
        newestByProvider(reading, patient.id),
        orchestration.backfillProgress(patient.id).catch(() => undefined),
        endingsOf(reading, patient.id),
        countObservations(reading, patient.id, null),
        answersOf(reading, patient.id),
        daysWithData(reading, { patientId: patient.id, zone: patient.timeZone, days: STRIP_DAYS }),
      ]);
    return renderPage(
      ManagePage({
        frame,
        csrf: session.csrf,
        connections: connections.map((connection) => ({
          provider: connection.provider,
          name: deviceName(connection.provider),
          days: lastDays(days.get(connection.provider)),
          state: connectionStateOf(connection, {
            ...{ sync, backfill, now: new Date() },
            lastDataAt: newest.get(connection.provider),
            endings: endings.filter(({ provider }) => provider === connection.provider),
          }),
        })),
        readings,
        answers: answers.toReversed(),
        studies: studiesOf(scopes, new Date(), texts).map((study) => ({
          ...study,
          runBy: study.organization,
        })),
        done,
      }),
    );
  }
}

/** Oldest first; the last one is today. */
function lastDays(withData: ReadonlySet<number> = new Set()): boolean[] {
  return Array.from({ length: STRIP_DAYS }, (_, index) => withData.has(STRIP_DAYS - 1 - index));
}

function whatWasDone(done: string | undefined, { manage, wayOut }: Texts): string | undefined {
  if (done === 'left') return wayOut.left;
  if (done === 'deleting') return wayOut.deleting;
  if (done === 'answers') return manage.answersSaved;
  return done === 'disconnect' ? manage.disconnecting : undefined;
}
