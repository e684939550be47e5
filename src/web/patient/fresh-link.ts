import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { anyone } from '../../auth/declared-policies.js';
import { hashToken } from '../../auth/tokens.js';
import { mayAskForLink } from '../../db/link-requests.js';
import { patientOfToken } from '../../db/invitation-links.js';
import { findPatient, findPatientByEmail, type Patient } from '../../db/patients.js';
import { TooMany } from '../../rate-limits.js';
import { renderPage } from '../components/render-page.js';
import type { WebEnv } from '../session.js';
import { FreshLinkAskedPage } from '../views/patient/way-back.js';
import { patientPaths } from '../views/paths.js';
import { frameOfNobody } from './frame.js';
import { hashOfLink, linkNamed } from './link-at-hand.js';
import { textFields, valueOf, type Form } from './signed-in.js';

/** Everybody waits as long, so that the time of the answer tells nothing either. */
const ANSWER_MS = 600;
const LONGEST_ADDRESS = 254;

/** Fresh links by mail, for whoever has none that works: always to the address on record, always the same answer. */
export function freshLinkRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, orchestration, events, limits, clientAddress } = deps;
  const routes = new Hono<WebEnv>();
  routes.post('/fresh-link', anyone, async (context) => {
    const form = textFields(await context.req.parseBody());
    await Promise.all([send(context, form), pause(ANSWER_MS)]);
    return context.redirect(patientPaths.freshLink, 303);
  });
  routes.get('/fresh-link', anyone, async (context) =>
    context.html(await renderPage(FreshLinkAskedPage({ frame: frameOfNobody(context) }))),
  );
  return routes;

  async function send(context: Context, form: Form): Promise<void> {
    const patient = await whoAsks(context, form);
    const address = patient?.email ?? valueOf(form, 'email');
    const isAllowed =
      (await isWithinLimit(context)) && (await mayAskForLink(sql, hashToken(address.trim().toLowerCase())));
    events.linkAskedFor({ outcome: !isAllowed ? 'too often' : patient ? 'known' : 'unknown' });
    if (!isAllowed || patient === undefined) return;
    await orchestration.mailFreshLink({ patientId: patient.id, requestId: randomUUID() });
  }

  /** Beyond the limit nothing is sent, and the answer is the same. */
  async function isWithinLimit(context: Context): Promise<boolean> {
    try {
      await limits.take('fresh link', clientAddress(context));
      return true;
    } catch (thrown) {
      if (thrown instanceof TooMany) return false;
      throw thrown;
    }
  }

  /** The patient of the link at hand, else of the address; undefined: nobody we know. */
  async function whoAsks(context: Context, form: Form): Promise<Patient | undefined> {
    const link = linkNamed(context, valueOf(form, 'link'));
    const email = valueOf(form, 'email').trim();
    const id = link
      ? await patientOfToken(sql, hashOfLink(link))
      : email.length > 0 && email.length <= LONGEST_ADDRESS
        ? await findPatientByEmail(sql, email)
        : undefined;
    return id === undefined ? undefined : findPatient(sql, id);
  }
}
