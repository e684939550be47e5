import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { adminPaths } from '../views/paths.js';
import { type StaffEnv, staffOnly } from './staff.js';

/** The first page: the patients for study teams, how the machine does for operators of no organization. */
export function homeRoutes({ sql }: Pick<ServerDeps, 'sql'>): Hono<StaffEnv> {
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();
  routes.get('/', only('practitioner'), (context) => {
    const { user, isMember } = context.get('staff');
    const isOperatorOnly = user.isSuperuser && !isMember;
    return context.redirect(isOperatorOnly ? adminPaths.health : adminPaths.patients, 303);
  });
  return routes;
}
