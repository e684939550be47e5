import { type Context, Hono } from 'hono';
import { begins, concerns } from '../../audit/requests.js';
import type { ServerDeps } from '../../api/env.js';
import { anyone } from '../../auth/declared-policies.js';
import { passwordFits } from '../../auth/passwords.js';
import { findCredentials } from '../../db/credentials.js';
import { TooMany } from '../../rate-limits.js';
import { renderPage } from '../components/render-page.js';
import { counted } from '../components/words.js';
import { textFields, valueOf } from '../patient/signed-in.js';
import { readerOf } from '../reader.js';
import { closeSession, isGenuine, openSession, type WebEnv } from '../session.js';
import { adminPaths } from '../views/paths.js';
import { SignInPage } from '../views/admin/sign-in.js';

/** The way in and out of the staff pages: the only ones that nobody needs to be signed in for. */
export function signInRoutes({ sql, config, events, limits, clientAddress }: ServerDeps): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();

  routes.get('/sign-in', anyone, async (context) => {
    const { theme } = readerOf(context);
    return context.html(await renderPage(SignInPage({ csrf: '', theme })));
  });

  routes.post('/sign-in', anyone, async (context) => {
    const form = textFields(await context.req.parseBody());
    const email = valueOf(form, 'email');
    const from = clientAddress(context);
    const account = `${from} ${email.trim().toLowerCase()}`;
    try {
      await limits.take('sign-in', from);
      await limits.take('sign-in of an account', account);
    } catch (thrown) {
      if (!(thrown instanceof TooMany)) throw thrown;
      context.header('Retry-After', String(thrown.retryAfterSeconds));
      return context.html(await page(context, email, `Too many tries. ${waitText(thrown)}`), 429);
    }
    const credentials = await findCredentials(sql, email);
    const fits = await passwordFits(valueOf(form, 'password'), credentials?.passwordHash);
    if (credentials !== undefined) concerns(context, { account: credentials.userId });
    // Before there is a session.
    if (fits) await begins(context);
    const isIn =
      fits && credentials !== undefined && (await openSession(context, sql, config.SITE_URL, credentials));
    if (!isIn) {
      events.signedIn({ outcome: 'refused', userId: null });
      return context.html(await page(context, email, 'This address and password do not fit together.'), 401);
    }
    await Promise.all([limits.giveBack('sign-in', from), limits.giveBack('sign-in of an account', account)]);
    events.signedIn({ outcome: 'accepted', userId: credentials.userId });
    return context.redirect(adminPaths.home, 303);
  });

  routes.post('/sign-out', anyone, async (context) => {
    const session = context.get('session');
    const form = textFields(await context.req.parseBody());
    if (session && isGenuine(session, valueOf(form, 'csrf'))) {
      await begins(context);
      await closeSession(context, sql, config.SITE_URL);
    }
    return context.redirect(adminPaths.signIn, 303);
  });
  return routes;

  async function page(context: Context, email: string, problem: string): Promise<string> {
    return renderPage(SignInPage({ csrf: '', email, problem, theme: readerOf(context).theme }));
  }
}

function waitText({ retryAfterSeconds }: TooMany): string {
  return `Try again in ${counted(Math.ceil(retryAfterSeconds / 60), 'minute')}.`;
}
