import { Hono } from 'hono';
import { begins } from '../../audit/requests.js';
import type { ServerDeps } from '../../api/env.js';
import { anyone } from '../../auth/declared-policies.js';
import { tokenOfCode } from '../../auth/invitation-code.js';
import { hashToken, newToken, sessionIdOf, TOKEN_PATTERN } from '../../auth/tokens.js';
import { findOffer, invitationBehind, invitationOf } from '../../db/invitations.js';
import { findPatient, rememberLanguage } from '../../db/patients.js';
import { arriveByLink, justOpened } from '../../db/sessions.js';
import { onboardingOf } from '../../invitations.js';
import { renderPage } from '../components/render-page.js';
import { languageFor, readerOf } from '../reader.js';
import { keepSession, LIFETIME_MINUTES, type WebEnv } from '../session.js';
import { PreparingPage } from '../views/patient/preparing.js';
import { patientPaths } from '../views/paths.js';
import { declineAll } from './decline.js';
import { integrationLog } from './integration-log.js';
import { forgetLink, hashOfLink, keepLink, type LinkAtHand, linkNamed } from './link-at-hand.js';
import { linkPage, refusedPage } from './link-pages.js';
import { forgetReceipt } from './receipt.js';
import { patientsOnly, textFields, valueOf } from './signed-in.js';
import { wayOn } from './way-on.js';

/** How long a page waits for the onboarding: a moment after the click, longer where the page says that it waits. */
const WITH_THE_CLICK_MS = 400;
const WHILE_PREPARING_MS = 800;

/** The first pages: the invitation, its single use, and the wait until everything is prepared. */
export function launchRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, reading, config, settings, orchestration, events, limits, clientAddress } = deps;
  const signedIn = patientsOnly(sql);
  const routes = new Hono<WebEnv>();

  /** Shows who invites; a mail scanner's visit changes nothing. */
  routes.get('/', anyone, async (context) => {
    const code = context.req.query('code');
    if (code !== undefined) {
      const token = tokenOfCode(code);
      if (token === undefined) return refusedPage(context, deps, {});
      const link = keepLink(context, config.SITE_URL, token);
      // Where a browser opened it, its address bar and its history forget the code.
      const isBrowser = context.req.header('sec-fetch-dest') === 'document';
      return isBrowser ? context.redirect(addressOf(link), 303) : linkPage(context, deps, link);
    }
    const link = linkNamed(context, context.req.query('link') ?? '');
    if (link !== undefined) return linkPage(context, deps, link);
    const { patientId = null } = context.get('session') ?? {};
    const patient = patientId === null ? undefined : await findPatient(reading, patientId);
    return patient === undefined
      ? refusedPage(context, deps, {})
      : context.redirect(await wayOn(reading, patient), 303);
  });

  /** The same for a link that keeps its code behind `#t=`, where no server sees it: a script hands it in. */
  routes.post('/', anyone, async (context) => {
    const token = tokenOfCode(valueOf(textFields(await context.req.parseBody()), 't'));
    if (token === undefined) return refusedPage(context, deps, {});
    return context.redirect(addressOf(keepLink(context, config.SITE_URL, token)), 303);
  });

  routes.post('/redeem', anyone, async (context) => {
    const form = textFields(await context.req.parseBody());
    const visit = valueOf(form, 'csrf');
    const link = linkNamed(context, valueOf(form, 'link'));
    if (link === undefined) return refusedPage(context, deps, {});
    await limits.take('redeem', clientAddress(context));
    // Says what the link is by now, or that the browser has forgotten it.
    if (link.token === undefined) return linkPage(context, deps, link);
    // A form without the token of its page opens a session that no other form can.
    const id = TOKEN_PATTERN.test(visit) ? sessionIdOf(link.token, visit) : newToken();
    const idHash = hashToken(id);
    const session = { idHash, csrf: newToken(), lifetimeMinutes: LIFETIME_MINUTES };
    const invitationId = await invitationBehind(sql, hashOfLink(link));
    // Before there is a session.
    if (invitationId !== undefined) await begins(context, { invitations: [invitationId] });
    const arrived = await arriveByLink(sql, hashOfLink(link), session);
    if (arrived === undefined && !(await justOpened(sql, idHash))) {
      events.invitationRefused({ reason: 'not open' });
      return refusedPage(context, deps, { link, offer: await findOffer(sql, hashOfLink(link)) });
    }
    forgetLink(context, config.SITE_URL, link);
    forgetReceipt(context, config.SITE_URL);
    await keepSession(context, sql, config.SITE_URL, id);
    if (arrived === undefined) return context.redirect(patientPaths.preparing, 303);
    const { patientId } = arrived;
    events.invitationRedeemed({ invitationId: arrived.invitationId, patientId });
    await rememberLanguage(sql, patientId, languageFor(context));
    if (valueOf(form, 'answer') === 'decline') {
      const decliner = await findPatient(sql, patientId);
      if (decliner !== undefined) await declineAll(deps, decliner, readerOf(context).texts.consents.version);
      // Not heard, the onboarding finds the answers when the invitation expires.
      await orchestration.declined(arrived.invitationId).catch(() => false);
      return context.redirect(patientPaths.notTakingPart, 303);
    }
    await prepared(arrived, WITH_THE_CLICK_MS);
    const patient = await findPatient(sql, patientId);
    return context.redirect(patient ? await wayOn(sql, patient) : patientPaths.preparing, 303);
  });

  /** Waits for the onboarding workflow: the account at Open Wearables must exist before a wearable can be chosen. */
  routes.get('/preparing', signedIn, async (context) => {
    const who = context.get('who');
    const { invitationId } = who.session;
    const invitation = invitationId === null ? undefined : await invitationOf(reading, invitationId);
    // Said again on every look: should the click not have been heard, it is now.
    const isNeeded = (await wayOn(reading, who.patient)) === patientPaths.preparing;
    if (isNeeded && invitation !== undefined)
      await prepared({ ...invitation, invitationId: invitation.id }, WHILE_PREPARING_MS);
    const way = await wayOn(reading, (await findPatient(reading, who.patient.id)) ?? who.patient);
    if (way !== patientPaths.preparing) return context.redirect(way, 303);
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

  async function prepared(
    { invitationId, patientId, expiresAt }: { invitationId: number; patientId: number; expiresAt: Date },
    withinMs: number,
  ): Promise<boolean> {
    const onboarding = onboardingOf({ id: invitationId, patientId, expiresAt }, await settings.read(), false);
    return orchestration.prepare(onboarding, withinMs);
  }
}

function addressOf({ name }: LinkAtHand): string {
  return `${patientPaths.start}?link=${name}`;
}
