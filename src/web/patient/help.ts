import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { anyone } from '../../auth/declared-policies.js';
import { renderPage } from '../components/render-page.js';
import type { WebEnv } from '../session.js';
import { HelpPage } from '../views/patient/help.js';
import { frameOf, frameOfAnybody } from './frame.js';

/** The same words for everybody; who is signed in also reads whom to ask about their own study. */
export function helpRoutes({ sql }: ServerDeps): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  routes.get('/help', anyone, async (context) => {
    const isSignedIn = context.get('session')?.patientId != null;
    const frame = isSignedIn ? await frameOf(context, sql) : await frameOfAnybody(context, sql);
    return context.html(await renderPage(HelpPage({ frame })));
  });
  return routes;
}
