import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { hasRole } from '../../auth/policies.js';
import { passwordFits } from '../../auth/passwords.js';
import { clients } from '../../db/clients.js';
import { findPatient } from '../../db/patients.js';
import { findCredentials } from '../../db/users.js';
import { issueInvitationFor } from '../../invitations.js';
import { renderPage } from '../components/render-page.js';
import { textFields, valueOf } from '../patient/signed-in.js';
import { sameOriginOnly } from '../same-origin.js';
import { securityHeaders } from '../security-headers.js';
import { closeSession, isGenuine, openSession, sessions, type WebEnv } from '../session.js';
import { adminPaths } from '../views/paths.js';
import { SignInPage } from '../views/admin/sign-in.js';
import { homePage } from './home.js';
import { practitionerOf } from './practitioner.js';

/** The pages of practitioners and operators. */
export function adminRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, config, settings, events } = deps;
  const routes = new Hono<WebEnv>();
  routes.use(securityHeaders(), sameOriginOnly(config.SITE_URL), sessions(sql, config.SITE_URL));

  routes.get('/sign-in', async (context) => context.html(await renderPage(SignInPage({ csrf: '' }))));
  routes.post('/sign-in', async (context) => {
    const form = textFields(await context.req.parseBody());
    const email = valueOf(form, 'email');
    const credentials = await findCredentials(sql, email);
    const fits = await passwordFits(valueOf(form, 'password'), credentials?.passwordHash);
    if (!fits || credentials === undefined) {
      events.signedIn({ outcome: 'refused', userId: null });
      const problem = 'This address and password do not fit together.';
      return context.html(await renderPage(SignInPage({ csrf: '', email, problem })), 401);
    }
    await openSession(context, sql, config.SITE_URL, { userId: credentials.userId, invitationId: null });
    events.signedIn({ outcome: 'accepted', userId: credentials.userId });
    return context.redirect(adminPaths.home, 303);
  });

  routes.get('/', async (context) => {
    const practitioner = await practitionerOf(sql, context.get('session'));
    if (practitioner === undefined) return context.redirect(adminPaths.signIn, 303);
    return context.html(await homePage(deps, practitioner));
  });

  routes.post('/invitations', async (context) => {
    const practitioner = await practitionerOf(sql, context.get('session'));
    const form = textFields(await context.req.parseBody());
    if (practitioner === undefined) return context.redirect(adminPaths.signIn, 303);
    if (!isGenuine(practitioner.session, valueOf(form, 'csrf')))
      return context.text('This form has expired.', 403);
    const id = rowId.safeParse(Number(valueOf(form, 'patient')));
    const patient = id.success ? await findPatient(sql, id.data) : undefined;
    const client = (await clients(sql)).find(({ id }) => String(id) === valueOf(form, 'client'));
    if (
      patient === undefined ||
      client === undefined ||
      !hasRole(practitioner, patient.organizationIds, 'member')
    ) {
      return context.html(
        await homePage(deps, practitioner, { problem: 'You cannot invite this patient.' }),
        403,
      );
    }
    const invitation = await issueInvitationFor(deps, {
      patientId: patient.id,
      client,
      issuedBy: practitioner.user.id,
    });
    const patientName = `${patient.nameGiven} ${patient.nameFamily}`;
    // The link is in this answer and nowhere else, so it cannot follow a redirect.
    return context.html(await homePage(deps, practitioner, { issued: { patientName, ...invitation } }));
  });

  routes.post('/module', async (context) => {
    const practitioner = await practitionerOf(sql, context.get('session'));
    const form = textFields(await context.req.parseBody());
    if (practitioner === undefined) return context.redirect(adminPaths.signIn, 303);
    if (!isGenuine(practitioner.session, valueOf(form, 'csrf')) || !practitioner.user.isSuperuser)
      return context.text('Not allowed.', 403);
    await settings.write(
      'module.ow',
      valueOf(form, 'on') === 'true' ? 'true' : 'false',
      practitioner.user.id,
    );
    return context.redirect(adminPaths.home, 303);
  });

  routes.post('/sign-out', async (context) => {
    const session = context.get('session');
    const form = textFields(await context.req.parseBody());
    if (session && isGenuine(session, valueOf(form, 'csrf'))) {
      await closeSession(context, sql, config.SITE_URL);
    }
    return context.redirect(adminPaths.signIn, 303);
  });
  return routes;
}
