import { Hono } from 'hono';
import type { ServerDeps } from '../api/env.js';
import { whereThrown } from '../errors.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import { adminRoutes } from './admin/routes.js';
import { assetRoutes } from './assets.js';
import { renderPage } from './components/render-page.js';
import { callbackRoutes } from './patient/callback.js';
import { connectRoutes } from './patient/connect.js';
import { consentRoutes } from './patient/consents.js';
import { frameOf } from './patient/frame.js';
import { iconRoutes } from './patient/icons.js';
import { launchRoutes } from './patient/launch.js';
import { manageRoutes } from './patient/manage.js';
import { sameOriginOnly } from './same-origin.js';
import { securityHeaders } from './security-headers.js';
import { sessions, type WebEnv } from './session.js';
import { DownPage } from './views/patient/connect-messages.js';
import { ErrorPage } from './views/patient/plain-messages.js';
import { patientPaths } from './views/paths.js';

/** All pages. What fails says so on a page of its own, without the reason's own text. */
export function webRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, config, events } = deps;
  const routes = new Hono<WebEnv>();
  routes.route('/', assetRoutes());
  routes.route('/', callbackRoutes(deps));
  const pages = new Hono<WebEnv>();
  pages.use(securityHeaders(), sameOriginOnly(config.SITE_URL), sessions(sql, config.SITE_URL));
  for (const part of [launchRoutes, consentRoutes, connectRoutes, manageRoutes, iconRoutes])
    pages.route('/', part(deps));
  pages.onError(async (error, context) => {
    const frame = await frameOf(sql, context.get('session')).catch(() => frameOf(undefined, undefined));
    if (error instanceof OpenWearablesFailure) {
      return context.html(await renderPage(DownPage({ frame, again: patientPaths.devices })), 503);
    }
    events.crashed({ where: 'page', unexpected: whereThrown(error), requestId: context.get('requestId') });
    return context.html(await renderPage(ErrorPage({ frame })), 500);
  });
  routes.route('/ow/', pages);
  routes.route('/admin/', adminRoutes(deps));
  // The addresses of the JupyterHealth Exchange's own client.
  for (const [old, path] of Object.entries(twins)) {
    routes.get(old, (context) => context.redirect(`${path}${new URL(context.req.url).search}`, 303));
  }
  routes.get('/', (context) => context.redirect('/admin/', 303));
  return routes;
}

const twins = {
  '/ow': patientPaths.start,
  '/clients/ow/': patientPaths.start,
  '/clients/ow/launch': patientPaths.start,
  '/clients/ow/complete': patientPaths.complete,
  '/clients/ow/manage': patientPaths.manage,
};
