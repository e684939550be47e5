import { Hono } from 'hono';
import { begins } from '../../audit/requests.js';
import type { ServerDeps } from '../../api/env.js';
import { anyone } from '../../auth/declared-policies.js';
import { hashToken, TOKEN_PATTERN } from '../../auth/tokens.js';
import { failForeignReturn, openAttempt, patientOfReturn, takeReturn } from '../../db/connect-attempts.js';
import { connectionsOf } from '../../db/connections.js';
import { connectableSources } from '../../db/patients.js';
import { OpenWearablesFailure } from '../../open-wearables/failures.js';
import { renderPage } from '../components/render-page.js';
import type { WebEnv } from '../session.js';
import { ForeignSignInPage, OtherBrowserPage } from '../views/patient/connect-messages.js';
import { LeavingPage } from '../views/patient/leaving.js';
import { ProviderPickerPage } from '../views/patient/provider-picker.js';
import { beginAttempt } from './attempt.js';
import { completeRoutes } from './complete.js';
import { deviceName, devicesOf } from './devices.js';
import { withIcon } from './icons.js';
import { frameOf } from './frame.js';
import { integrationLog } from './integration-log.js';
import { patientsOnly, valueOf, type SignedIn } from './signed-in.js';

/** Choosing a device, leaving for its maker, coming back. */
export function connectRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, reading, orchestration, openWearables } = deps;
  const signedIn = patientsOnly(sql);
  const routes = new Hono<WebEnv>();

  routes.get('/devices', signedIn, async (context) => {
    const who = context.get('who');
    return context.html(await pickerPage(who));
  });

  routes.post('/connect', signedIn, async (context) => {
    const who = context.get('who');
    const form = context.get('form');
    const provider = valueOf(form, 'provider');
    const { usable, unusable } = await devices(who);
    const known = usable.some((device) => device.provider === provider);
    const reconnects = unusable.some(
      (device) => device.provider === provider && device.reason === 'already-connected',
    );
    if (!known && !reconnects)
      return context.html(await pickerPage(who, who.frame.texts.picker.cannotBeConnected), 422);
    try {
      await beginAttempt(deps, who, provider);
    } catch (thrown) {
      if (!(thrown instanceof OpenWearablesFailure && thrown.kind === 'ForeignSignIn')) throw thrown;
      const { frame, session } = who;
      const page = ForeignSignInPage({ frame, csrf: session.csrf, provider, device: deviceName(provider) });
      return context.html(await renderPage(page), 502);
    }
    return context.redirect('/ow/leave', 303);
  });

  /**
   * Leads to the vendor by a page of its own: a redirect straight from the form would need every vendor in the
   * Content-Security-Policy.
   */
  routes.get('/leave', signedIn, async (context) => {
    const who = context.get('who');
    const attempt = await openAttempt(sql, who.patient.id, who.session.hash);
    if (attempt?.authorizationUrl == null) return context.redirect('/ow/complete', 303);
    const device = deviceName(attempt.provider);
    return context.html(
      await renderPage(LeavingPage({ frame: who.frame, device, to: attempt.authorizationUrl })),
    );
  });

  /** The vendor's return: good once, and only in the browser that left. It proves nothing; the workflow checks. */
  routes.get('/return/:nonce', anyone, async (context) => {
    const nonce = context.req.param('nonce');
    const session = context.get('session');
    const returnHash = hashToken(TOKEN_PATTERN.test(nonce) ? nonce : '');
    const patientId = await patientOfReturn(sql, returnHash);
    if (patientId !== undefined) await begins(context, { patients: [patientId] });
    const attempt = session && (await takeReturn(sql, returnHash, session.hash));
    if (attempt !== undefined) {
      await orchestration.returned(attempt.id);
      return context.redirect('/ow/complete', 303);
    }
    const foreign = await failForeignReturn(sql, returnHash, session?.hash ?? null);
    if (foreign !== undefined) await endForeignConnection(foreign);
    else if (session?.patientId != null) return context.redirect('/ow/complete', 303);
    return context.html(await renderPage(OtherBrowserPage({ frame: await frameOf(context, sql) })), 403);
  });

  routes.route('/', completeRoutes(deps));
  return routes;

  /** Somebody else signed in at the vendor: what that connected at Open Wearables is not this patient's. */
  async function endForeignConnection(attempt: { id: string; patientId: number; provider: string }) {
    await orchestration.abandoned(attempt.id);
    await orchestration.disconnect({ patientId: attempt.patientId, provider: attempt.provider, asked: true });
  }

  async function devices({ patient, frame }: SignedIn) {
    const [sources, connections, offered] = await Promise.all([
      connectableSources(reading, patient.id),
      connectionsOf(reading, patient.id),
      openWearables().then((ow) => ow.providers()),
    ]);
    return { ...devicesOf(sources, offered, connections, frame), icons: withIcon(offered) };
  }

  async function pickerPage(who: SignedIn, problem?: string): Promise<string> {
    const { frame, session } = who;
    const [crossed, log] = await Promise.all([
      devices(who),
      integrationLog(deps, session.invitationId, frame.texts),
    ]);
    return renderPage(ProviderPickerPage({ frame, csrf: session.csrf, ...crossed, log, problem }));
  }
}
