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
import { signedIn, submitted, valueOf, valuesOf, type SignedIn } from './signed-in.js';

/** What the patient would like to share. */
export function consentRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, reading, orchestration } = deps;
  const routes = new Hono<WebEnv>();

  routes.get('/consents', async (context) => {
    const who = await signedIn(context, sql);
    if (who instanceof Response) return who;
    return context.html(await consentsPage(who));
  });

  routes.post('/consents', async (context) => {
    const who = await submitted(context, sql);
    if (who instanceof Response) return who;
    const [scopes, texts] = await scopesAndTexts(who);
    const declineRest = valueOf(who.form, 'answer') === 'decline';
    const answers = firstAnswers(
      scopes,
      { ticked: valuesOf(who.form, 'share'), declineRest },
      {
        patientId: who.patient.id,
        recordedBy: who.session.userId,
        channel: 'launch page',
        textVersion: versionRead(valueOf(who.form, 'textVersion'), who.frame.texts),
        studyTextRead: studyTextRead(who.form, texts),
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

  routes.get('/not-taking-part', async (context) => {
    const who = await signedIn(context, sql);
    if (who instanceof Response) return who;
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
