import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { renderPage } from '../components/render-page.js';
import { valueOf } from '../patient/signed-in.js';
import { HomePage } from '../views/admin/home.js';
import { adminPaths } from '../views/paths.js';
import { operatorsOnly, type StaffEnv, staffFrame } from './staff.js';

/** The first page: the patients for study teams, the state of the machine for operators. */
export function homeRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { settings, orchestration } = deps;
  const routes = new Hono<StaffEnv>();

  routes.get('/', async (context) => {
    if (!context.get('staff').user.isSuperuser) return context.redirect(adminPaths.patients, 303);
    const schedule = await orchestration.pollSchedule().catch(() => undefined);
    const operations = {
      moduleOn: (await settings.read())['module.ow'],
      nextPollAt: schedule?.paused === false ? schedule.next : undefined,
    };
    return context.html(await renderPage(HomePage({ frame: staffFrame(deps, context), operations })));
  });

  routes.post('/module', operatorsOnly(), async (context) => {
    const on = valueOf(context.get('form'), 'on') === 'true';
    await settings.write('module.ow', String(on), context.get('staff').user.id);
    return context.redirect(adminPaths.home, 303);
  });
  return routes;
}
