import { Hono, type Context } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { INVITATION_TOKEN, tokenOfCode } from '../../auth/invitation-code.js';
import { hashToken } from '../../auth/tokens.js';
import { requestedScopes } from '../../db/consents.js';
import { findOffer, redeemInvitation, type InvitationOffer } from '../../db/invitations.js';
import { renderPage } from '../components/render-page.js';
import { openSession, type WebEnv } from '../session.js';
import { ExpiredInvitationPage, UnusableInvitationPage } from '../views/patient/invitation-messages.js';
import { LaunchPage } from '../views/patient/launch.js';
import { PreparingPage } from '../views/patient/preparing.js';
import { studiesOf } from './consent-form.js';
import { frameOf, frameOfPatient } from './frame.js';
import { integrationLog } from './integration-log.js';
import { signedIn, textFields, valueOf } from './signed-in.js';

/** The first pages: the invitation, its single use, and the wait until everything is prepared. */
export function launchRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, config, orchestration, events } = deps;
  const routes = new Hono<WebEnv>();

  /** Shows who invites; a mail scanner's visit changes nothing. */
  routes.get('/', async (context) => {
    const code = context.req.query('code');
    if (code === undefined && context.get('session')?.patientId != null)
      return context.redirect('/ow/manage', 303);
    const token = code === undefined ? undefined : tokenOfCode(code);
    const offer = token === undefined ? undefined : await findOffer(sql, hashToken(token));
    if (token === undefined || offer?.status !== 'issued' || offer.expired) return refused(context, offer);
    return context.html(await renderPage(await launchPage(context, offer, token)));
  });

  routes.post('/redeem', async (context) => {
    const token = valueOf(textFields(await context.req.parseBody()), 'token');
    const tokenHash = hashToken(token);
    const redeemed = INVITATION_TOKEN.test(token) ? await redeemInvitation(sql, tokenHash) : undefined;
    if (redeemed === undefined) {
      events.invitationRefused({ reason: 'not open' });
      return refused(context, await findOffer(sql, tokenHash));
    }
    await openSession(context, sql, config.SITE_URL, { userId: redeemed.userId, invitationId: redeemed.id });
    // Should Temporal be away, the next page says it again.
    await orchestration.redeemed(redeemed.id).catch(() => false);
    events.invitationRedeemed({ invitationId: redeemed.id, patientId: redeemed.patientId });
    return context.redirect('/ow/preparing', 303);
  });

  /** Waits for the onboarding workflow: the account at Open Wearables must exist before a wearable can be chosen. */
  routes.get('/preparing', async (context) => {
    const who = await signedIn(context, sql);
    if (who instanceof Response) return who;
    if (who.patient.owUserId !== null) return context.redirect('/ow/consents', 303);
    const { invitationId } = who.session;
    const { texts } = who.frame;
    const log = await integrationLog(orchestration, invitationId, texts);
    // Nothing but "invited" so far: the click was not heard.
    if (invitationId !== null && log.length === 1) await orchestration.redeemed(invitationId);
    const tasks = [
      { text: texts.preparing.invitation, state: 'done' },
      { text: texts.preparing.placeForData, state: 'busy' },
      { text: texts.preparing.studies, state: 'waiting' },
    ] as const;
    return context.html(await renderPage(PreparingPage({ frame: who.frame, tasks, log, refreshSeconds: 1 })));
  });
  return routes;

  async function launchPage(context: Context<WebEnv>, offer: InvitationOffer, token: string) {
    const frame = await frameOfPatient(context, sql, offer.patientId);
    const studies = studiesOf(await requestedScopes(sql, offer.patientId), new Date());
    return LaunchPage({
      frame,
      // Nobody is signed in yet; the form is bound to this origin instead.
      csrf: '',
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
  async function refused(context: Context<WebEnv>, offer: InvitationOffer | undefined) {
    const session = context.get('session');
    const signedInHere = session?.patientId != null;
    if (offer?.status === 'redeemed' && session?.patientId === offer.patientId) {
      return context.redirect('/ow/preparing', 303);
    }
    if (offer?.status === 'expired' || offer?.status === 'issued') {
      const frame = await frameOfPatient(context, sql, offer.patientId);
      return context.html(await renderPage(ExpiredInvitationPage({ frame, endedAt: offer.expiresAt })), 410);
    }
    const frame = await frameOf(context, sql);
    return context.html(await renderPage(UnusableInvitationPage({ frame, signedInHere })), 410);
  }
}
