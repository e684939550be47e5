import { Hono, type Context } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { tokenOfCode } from '../../auth/invitation-code.js';
import { hashToken, newToken, sessionIdOf, TOKEN_PATTERN } from '../../auth/tokens.js';
import { requestedScopes } from '../../db/consents.js';
import { findSessionLink } from '../../db/invitation-links.js';
import { findOffer, invitationOf, type InvitationOffer } from '../../db/invitations.js';
import { findPatient, rememberLanguage } from '../../db/patients.js';
import { arriveByLink, justOpened } from '../../db/sessions.js';
import { onboardingOf } from '../../invitations.js';
import { renderPage } from '../components/render-page.js';
import { languageFor } from '../reader.js';
import { keepSession, LIFETIME_MINUTES, type WebEnv } from '../session.js';
import { ExpiredInvitationPage, UnusableInvitationPage } from '../views/patient/invitation-messages.js';
import { LaunchPage } from '../views/patient/launch.js';
import { PreparingPage } from '../views/patient/preparing.js';
import { ResumePage } from '../views/patient/way-back.js';
import { patientPaths } from '../views/paths.js';
import { studiesOf } from './consent-form.js';
import { frameOf, frameOfPatient } from './frame.js';
import { integrationLog } from './integration-log.js';
import { signedIn, textFields, valueOf } from './signed-in.js';
import { wayOn } from './way-on.js';

/** How long a page waits for the onboarding: a moment after the click, longer where the page says that it waits. */
const WITH_THE_CLICK_MS = 400;
const WHILE_PREPARING_MS = 800;

/** The first pages: the invitation, its single use, and the wait until everything is prepared. */
export function launchRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, config, settings, orchestration, events } = deps;
  const routes = new Hono<WebEnv>();

  /** Shows who invites; a mail scanner's visit changes nothing. */
  routes.get('/', async (context) => {
    const code = context.req.query('code');
    const { patientId = null } = context.get('session') ?? {};
    const patient = code !== undefined || patientId === null ? undefined : await findPatient(sql, patientId);
    if (patient !== undefined) return context.redirect(await wayOn(sql, patient), 303);
    return opened(context, code);
  });

  /** The same for a link that keeps its code behind `#t=`, where no server sees it: a script hands it in. */
  routes.post('/', async (context) =>
    opened(context, valueOf(textFields(await context.req.parseBody()), 't')),
  );

  routes.post('/redeem', async (context) => {
    const form = textFields(await context.req.parseBody());
    const token = valueOf(form, 'token');
    const visit = valueOf(form, 'csrf');
    const tokenHash = hashToken(token);
    // A form without the token of its page opens a session that no other form can.
    const id = TOKEN_PATTERN.test(visit) ? sessionIdOf(token, visit) : newToken();
    const idHash = hashToken(id);
    const session = { idHash, csrf: newToken(), lifetimeMinutes: LIFETIME_MINUTES };
    const arrived = TOKEN_PATTERN.test(token) ? await arriveByLink(sql, tokenHash, session) : undefined;
    if (arrived === undefined && !(await justOpened(sql, idHash))) {
      events.invitationRefused({ reason: 'not open' });
      return refused(context, await findOffer(sql, tokenHash), token);
    }
    await keepSession(context, sql, config.SITE_URL, id);
    if (arrived === undefined) return context.redirect(patientPaths.preparing, 303);
    const { invitationId, patientId } = arrived;
    events.invitationRedeemed({ invitationId, patientId });
    await rememberLanguage(sql, patientId, languageFor(context));
    const isReady = await prepared(arrived, WITH_THE_CLICK_MS);
    const patient = isReady ? await findPatient(sql, patientId) : undefined;
    return context.redirect(patient ? await wayOn(sql, patient) : patientPaths.preparing, 303);
  });

  /** Waits for the onboarding workflow: the account at Open Wearables must exist before a wearable can be chosen. */
  routes.get('/preparing', async (context) => {
    const who = await signedIn(context, sql);
    if (who instanceof Response) return who;
    const { invitationId } = who.session;
    const invitation = invitationId === null ? undefined : await invitationOf(sql, invitationId);
    // Said again on every look: should the click not have been heard, it is now.
    const isReady =
      who.patient.owUserId !== null ||
      (invitation !== undefined &&
        (await prepared({ ...invitation, invitationId: invitation.id }, WHILE_PREPARING_MS)));
    if (isReady) {
      const patient = await findPatient(sql, who.patient.id);
      return context.redirect(await wayOn(sql, patient ?? who.patient), 303);
    }
    const { texts } = who.frame;
    const log = await integrationLog(deps, invitationId, texts);
    const tasks = [
      { text: texts.preparing.invitation, state: 'done' },
      { text: texts.preparing.placeForData, state: 'busy' },
      { text: texts.preparing.studies, state: 'waiting' },
    ] as const;
    return context.html(await renderPage(PreparingPage({ frame: who.frame, tasks, log, refreshSeconds: 1 })));
  });
  return routes;

  async function opened(context: Context<WebEnv>, code: string | undefined): Promise<Response> {
    const token = code === undefined ? undefined : tokenOfCode(code);
    const tokenHash = hashToken(token ?? '');
    const offer = token === undefined ? undefined : await findOffer(sql, tokenHash);
    if (token !== undefined && offer?.status === 'issued' && !offer.expired)
      return context.html(await renderPage(await launchPage(context, offer, token)));
    const link = token === undefined ? undefined : await findSessionLink(sql, tokenHash);
    if (token !== undefined && link?.isOpen === true) {
      const frame = await frameOfPatient(context, sql, link.patientId);
      return context.html(await renderPage(ResumePage({ frame, visit: newToken(), token })));
    }
    return refused(context, offer, token);
  }

  async function prepared(
    { invitationId, patientId, expiresAt }: { invitationId: number; patientId: number; expiresAt: Date },
    withinMs: number,
  ): Promise<boolean> {
    const onboarding = onboardingOf({ id: invitationId, patientId, expiresAt }, await settings.read(), false);
    return orchestration.prepare(onboarding, withinMs);
  }

  async function launchPage(context: Context<WebEnv>, offer: InvitationOffer, token: string) {
    const frame = await frameOfPatient(context, sql, offer.patientId);
    const studies = studiesOf(await requestedScopes(sql, offer.patientId), new Date());
    return LaunchPage({
      frame,
      // Nobody is signed in yet; this names the visit, so that a double click is one click.
      csrf: newToken(),
      token,
      inviter: offer.invitedBy,
      studies: studies.map((study) => ({
        name: study.name,
        runBy: study.organization,
        scopes: study.lines.map(({ scope, name }) => ({ code: scope, name })),
      })),
      expiresAt: offer.expiresAt,
    });
  }

  /** A link that opens nothing: the browser that used it goes on, everybody else learns why not. */
  async function refused(
    context: Context<WebEnv>,
    offer: InvitationOffer | undefined,
    token: string | undefined,
  ) {
    const session = context.get('session');
    const signedInHere = session?.patientId != null;
    if (offer?.status === 'redeemed' && session?.patientId === offer.patientId) {
      return context.redirect(patientPaths.preparing, 303);
    }
    if (offer?.status === 'expired' || offer?.status === 'issued') {
      const frame = await frameOfPatient(context, sql, offer.patientId);
      return context.html(
        await renderPage(ExpiredInvitationPage({ frame, endedAt: offer.expiresAt, token: token ?? '' })),
        410,
      );
    }
    const frame = await frameOf(context, sql);
    return context.html(await renderPage(UnusableInvitationPage({ frame, signedInHere, token })), 410);
  }
}
