import { type Context, Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { passwordProblem } from '../../auth/password-rules.js';
import { hashPassword, passwordFits } from '../../auth/passwords.js';
import { findCredentials, setPassword } from '../../db/credentials.js';
import { endSessionsOf, sessionsOf } from '../../db/sessions.js';
import { renderPage } from '../components/render-page.js';
import { type Form, valueOf } from '../patient/signed-in.js';
import { anyPage, closeSession, IDLE_MINUTES, openSession } from '../session.js';
import { AccountPage, type AccountSaid } from '../views/admin/account.js';
import { adminPaths } from '../views/paths.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

/** Everybody's own password and sessions. */
export function accountRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, config, events, limits } = deps;
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/account', only('practitioner'), async (context) => {
    const done = context.req.query('done') === 'password' ? 'You have a new password.' : undefined;
    return context.html(await page(context, { done }));
  });

  routes.post('/account/password', only('practitioner'), async (context) => {
    const { id, email } = context.get('staff').user;
    const form = context.get('form');
    const who = `own password ${id}`;
    await limits.take('sign-in of an account', who);
    const credentials = await findCredentials(sql, email);
    if (!(await passwordFits(valueOf(form, 'current'), credentials?.passwordHash)))
      return context.html(await page(context, { problems: { current: 'This is not your password.' } }), 422);
    await limits.giveBack('sign-in of an account', who);
    const problems = problemsOf(form, email);
    if (problems !== undefined) return context.html(await page(context, { problems }), 422);
    const fresh = { userId: id, passwordHash: await hashPassword(valueOf(form, 'password')) };
    // All sessions end with the old password; this browser gets a new one.
    await setPassword(sql, fresh);
    await openSession(anyPage(context), sql, config.SITE_URL, fresh);
    events.passwordChanged({ userId: id });
    return context.redirect(`${adminPaths.account}?done=password`, 303);
  });

  routes.post('/account/sign-out-everywhere', only('practitioner'), async (context) => {
    await endSessionsOf(sql, context.get('staff').user.id);
    await closeSession(anyPage(context), sql, config.SITE_URL);
    return context.redirect(adminPaths.signIn, 303);
  });
  return routes;

  async function page(context: Context<StaffEnv>, said: AccountSaid): Promise<string> {
    const { user, session } = context.get('staff');
    const sessions = await sessionsOf(sql, user.id, session.hash, IDLE_MINUTES);
    return renderPage(
      AccountPage({ frame: staffFrame(deps, context), email: user.email, sessions, ...said }),
    );
  }
}

function problemsOf(form: Form, email: string): AccountSaid['problems'] {
  const password = valueOf(form, 'password');
  const problem = passwordProblem(password, email);
  if (problem !== undefined) return { password: problem };
  return valueOf(form, 'again') === password ? undefined : { again: 'This is not the same.' };
}
