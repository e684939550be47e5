import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ServerDeps } from '../api/env.js';
import { NotRecorded } from '../audit/requests.js';
import { anyone } from '../auth/declared-policies.js';
import { tellFailure } from '../failed-requests.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import { TooMany } from '../rate-limits.js';
import { adminRoutes } from './admin/routes.js';
import { assetRoutes } from './assets.js';
import { renderPage } from './components/render-page.js';
import { callbackRoutes } from './patient/callback.js';
import { connectRoutes } from './patient/connect.js';
import { consentRoutes } from './patient/consents.js';
import { eraseRoutes } from './patient/erase.js';
import { freshLinkRoutes } from './patient/fresh-link.js';
import { downloadRoutes } from './patient/download.js';
import { frameOf, frameOfNobody } from './patient/frame.js';
import { helpRoutes } from './patient/help.js';
import { lettersFollow } from './patient/letters-follow.js';
import { payloadDecoderRoutes } from './payload-decoder.js';
import { preferences } from './preferences.js';
import { iconRoutes } from './patient/icons.js';
import { logStreamRoutes } from './patient/log-stream.js';
import { wayOutRoutes } from './patient/way-out.js';
import { launchRoutes } from './patient/launch.js';
import { manageRoutes } from './patient/manage.js';
import { sameOriginOnly } from './same-origin.js';
import { sessions, type WebEnv } from './session.js';
import { DownPage } from './views/patient/connect-messages.js';
import { ErrorPage, NotFoundPage, TooManyPage } from './views/patient/plain-messages.js';
import { patientPaths } from './views/paths.js';

/** All pages. What fails says so on a page of its own, without the reason's own text. */
export function webRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, config, events } = deps;
  const routes = new Hono<WebEnv>();
  routes.route('/', assetRoutes());
  const callback = callbackRoutes(deps);
  callback.onError(async (error, context) => {
    const { pathname, search } = new URL(context.req.url);
    return failed(error, context, `${pathname}${search}`);
  });
  routes.route('/', callback);
  // The addresses of the JupyterHealth Exchange's own client.
  for (const [old, path] of Object.entries({ ...twins, ...formsOnly })) {
    routes.get(old, anyone, (context) => context.redirect(`${path}${new URL(context.req.url).search}`, 303));
  }
  const pages = new Hono<WebEnv>();
  pages.use(
    sameOriginOnly(config.SITE_URL),
    sessions(sql, config.SITE_URL),
    preferences(config.SITE_URL, lettersFollow(sql)),
  );
  for (const part of [
    launchRoutes,
    consentRoutes,
    connectRoutes,
    manageRoutes,
    iconRoutes,
    freshLinkRoutes,
    logStreamRoutes,
    downloadRoutes,
    wayOutRoutes,
    eraseRoutes,
    helpRoutes,
  ])
    pages.route('/', part(deps));
  pages.onError(async (error, context) => failed(error, context, patientPaths.devices));
  routes.route('/ow/', pages);
  routes.route('/admin/', adminRoutes(deps));
  routes.route('/temporal/', payloadDecoderRoutes(deps));
  routes.get('/', anyone, (context) => context.redirect('/admin/', 303));
  return routes;

  async function failed(error: Error, context: Context<WebEnv>, again: string): Promise<Response> {
    if (error instanceof HTTPException || error instanceof NotRecorded) throw error;
    if (error instanceof TooMany) {
      context.header('Retry-After', String(error.retryAfterSeconds));
      return context.html(await renderPage(TooManyPage({ frame: frameOfNobody(context) })), 429);
    }
    const frame = await frameOf(context, sql).catch(() => frameOfNobody(context));
    if (error instanceof OpenWearablesFailure) {
      return context.html(await renderPage(DownPage({ frame, again })), 503);
    }
    tellFailure(events, 'page', error, context.get('requestId'));
    return context.html(await renderPage(ErrorPage({ frame })), 500);
  }
}

/** For an address under `/ow/` that leads nowhere: a person looks at the answer. */
export async function noSuchPage(context: Context): Promise<Response> {
  const frame = frameOfNobody(context);
  return context.html(await renderPage(NotFoundPage({ frame })), 404);
}

/** In place of a page that the audit trail could not record; text of a page. */
export async function pageNotRecorded(context: Context): Promise<string> {
  return renderPage(ErrorPage({ frame: frameOfNobody(context) }));
}

/** Where forms go has no page of its own: who comes back there is led to where the form stands. */
const formsOnly = {
  [patientPaths.redeem]: patientPaths.start,
  [patientPaths.connect]: patientPaths.devices,
  [patientPaths.saveConsents]: patientPaths.manage,
  [patientPaths.disconnect]: patientPaths.manage,
  [patientPaths.signOut]: patientPaths.manage,
};

const twins = {
  '/ow': patientPaths.start,
  '/clients/ow': patientPaths.start,
  '/clients/ow/': patientPaths.start,
  '/clients/ow/launch': patientPaths.start,
  '/clients/ow/complete': patientPaths.complete,
  '/clients/ow/manage': patientPaths.manage,
};
