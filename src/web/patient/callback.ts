import { Hono, type Context } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { anyone } from '../../auth/declared-policies.js';
import { attemptOfState, openAttempt } from '../../db/connect-attempts.js';
import { OpenWearablesFailure } from '../../open-wearables/failures.js';
import { renderPage } from '../components/render-page.js';
import { preferences } from '../preferences.js';
import { sameOriginOnly } from '../same-origin.js';
import { sessions, type WebEnv } from '../session.js';
import { OtherBrowserPage } from '../views/patient/connect-messages.js';
import { frameOf } from './frame.js';
import { lettersFollow } from './letters-follow.js';
import { ownReturn } from './own-return.js';

/** What a vendor may send back; anything else is not passed on. */
const PARAMETERS = ['code', 'state', 'error', 'error_description', 'scope'];
const LONGEST = 2048;
const PROVIDER = /^[a-z]{2,32}$/;

/**
 * `GET /api/v1/oauth/{provider}/callback`: for a vendor that is told to return to us instead of Open Wearables, as the
 * JupyterHealth Exchange does it. The answer is passed through Open Wearables, and whatever it says, the browser goes
 * nowhere but to our own pages: a "no" becomes a page with a way on instead of a JSON text. An attempt that began on
 * our pages ends only in the browser that began it; one that began through the API is bound to no browser.
 */
export function callbackRoutes({ sql, config, orchestration, openWearables }: ServerDeps): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  routes.use(
    '/api/v1/oauth/*',
    sameOriginOnly(config.SITE_URL),
    sessions(sql, config.SITE_URL),
    preferences(config.SITE_URL, lettersFollow(sql)),
  );
  routes.get('/api/v1/oauth/:provider/callback', anyone, async (context) => {
    const provider = context.req.param('provider');
    if (!PROVIDER.test(provider)) return context.notFound();
    const query = answerOf(context);
    const session = context.get('session');
    const begun = await attemptOfState(sql, query['state'] ?? '');
    if (begun !== undefined && session?.hash.equals(begun.sessionHash) !== true) {
      return context.html(await renderPage(OtherBrowserPage({ frame: await frameOf(context, sql) })), 403);
    }
    const answer = await (await openWearables()).callback(provider, query);
    // The state is not used up yet: the same address works again later.
    if (answer.status > 500) throw new OpenWearablesFailure('ServerError', { status: answer.status });
    const { location } = answer.headers;
    const own = typeof location === 'string' ? ownReturn(location, config.SITE_URL) : undefined;
    if (own !== undefined) return context.redirect(own, 303);

    const attempt =
      session?.patientId == null ? undefined : await openAttempt(sql, session.patientId, session.hash);
    // A "no" without a state can only be about what is open in this browser.
    if (attempt?.provider === provider && (begun?.id === attempt.id || query['state'] === undefined)) {
      await orchestration.refused(attempt.id, query['error'] === 'access_denied' ? 'denied' : 'failed');
    }
    return context.redirect('/ow/complete', 303);
  });
  return routes;
}

function answerOf(context: Context<WebEnv>): Record<string, string> {
  const given = PARAMETERS.map((name) => [name, context.req.query(name)] as const);
  return Object.fromEntries(given.filter((entry): entry is [string, string] => isPassedOn(entry[1])));
}

function isPassedOn(value: string | undefined): boolean {
  return value !== undefined && value.length <= LONGEST;
}
