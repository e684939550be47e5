import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { changeConsents } from '../../consent-changes.js';
import { consentTextsOf } from '../../db/consent-texts.js';
import { requestedScopes } from '../../db/consents.js';
import { renderPage } from '../components/render-page.js';
import type { WebEnv } from '../session.js';
import { ConsentsPage } from '../views/patient/consents.js';
import { NotTakingPartPage } from '../views/patient/plain-messages.js';
import { patientPaths } from '../views/paths.js';
import { firstAnswers, studiesOf, studyTextRead, versionRead } from './consent-form.js';
import { integrationLog } from './integration-log.js';
import { patientsOnly, valueOf, valuesOf, type SignedIn } from './signed-in.js';

/** What the patient would like to share. */
export function consentRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, reading, orchestration } = deps;
  const signedIn = patientsOnly(sql);
  const routes = new Hono<WebEnv>();

  routes.get('/consents', signedIn, async (context) => {
    const who = context.get('who');
    return context.html(await consentsPage(who));
  });

  routes.post('/consents', signedIn, async (context) => {
    const who = context.get('who');
    const form = context.get('form');
    const [scopes, texts] = await scopesAndTexts(who);
    const declineRest = valueOf(form, 'answer') === 'decline';
    const answers = firstAnswers(
      scopes,
      { ticked: valuesOf(form, 'share'), declineRest },
      {
        patientId: who.patient.id,
        recordedBy: who.session.userId,
        channel: 'launch page',
        textVersion: versionRead(valueOf(form, 'textVersion'), who.frame.texts),
        studyTextRead: studyTextRead(form, texts),
      },
    );
    const sharesAlready = scopes.some(({ decision }) => decision === 'agreed');
    if (answers.length === 0 && !sharesAlready) {
      return context.html(await consentsPage(who, who.frame.texts.consents.tickOne), 422);
    }
    await changeConsents(deps, who.patient.id, answers);
    const { invitationId } = who.session;
    if (declineRest && !sharesAlready) {
      if (invitationId !== null) await orchestration.declined(invitationId).catch(() => false);
      return context.redirect(patientPaths.notTakingPart, 303);
    }
    if (invitationId !== null) await orchestration.consented(invitationId);
    return context.redirect('/ow/devices', 303);
  });

  routes.get('/not-taking-part', signedIn, async (context) => {
    const who = context.get('who');
    return context.html(await renderPage(NotTakingPartPage({ frame: who.frame })));
  });
  return routes;

  async function scopesAndTexts({ patient: { id } }: Pick<SignedIn, 'patient'>) {
    return Promise.all([requestedScopes(reading, id), consentTextsOf(reading, id)]);
  }

  async function consentsPage({ patient, session, frame }: SignedIn, problem?: string): Promise<string> {
    const [scopes, texts] = await scopesAndTexts({ patient });
    const studies = studiesOf(scopes, new Date(), texts);
    const log = await integrationLog(deps, session.invitationId, frame.texts);
    return renderPage(
      ConsentsPage({
        frame,
        csrf: session.csrf,
        studies: studies.map((study) => ({
          ...study,
          runBy: study.organization,
          seenBy: frame.texts.consents.teamOf(study.organization),
        })),
        log,
        problem,
      }),
    );
  }
}
