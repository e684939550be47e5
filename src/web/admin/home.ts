import { Hono } from 'hono';
import { adminPaths } from '../views/paths.js';
import type { StaffEnv } from './staff.js';

/** The first page: the patients for study teams, how the machine does for operators of no organization. */
export function homeRoutes(): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  routes.get('/', (context) => {
    const { user, isMember } = context.get('staff');
    const isOperatorOnly = user.isSuperuser && !isMember;
    return context.redirect(isOperatorOnly ? adminPaths.health : adminPaths.patients, 303);
  });
  return routes;
}
