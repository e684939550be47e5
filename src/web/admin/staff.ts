import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ServerDeps } from '../../api/env.js';
import { begins } from '../../audit/requests.js';
import { enforces } from '../../auth/declared-policies.js';
import { type Identity, isAdmitted, type Policy } from '../../auth/policies.js';
import type { Sql } from '../../db/sql.js';
import { everyOrganization } from '../../db/organizations.js';
import { findUserWithRoles, type Role } from '../../db/users.js';
import { readerOf } from '../reader.js';
import { counted } from '../components/words.js';
import { type Form, textFields, valueOf } from '../patient/signed-in.js';
import { isGenuine, type LiveSession, type WebEnv } from '../session.js';
import { adminPaths } from '../views/paths.js';
import type { StaffFrame } from '../views/admin/staff-layout.js';
import { PageRefused } from './page-refused.js';

/**
 * A practitioner who is signed in. On the pages an operator acts for every organization, since whoever is woken up must
 * see what is wrong with whom; the API gives operators what they are members of, as the original does.
 */
export interface Staff extends Identity {
  /** Whether they were given a role anywhere. */
  readonly isMember: boolean;
  readonly session: LiveSession;
}

/** What `staffOnly` leaves for the handlers of staff pages. */
export interface StaffEnv {
  Variables: WebEnv['Variables'] & {
    staff: Staff;
    /** The posted form, its anti-forgery value checked; empty for a GET. */
    form: Form;
  };
}

/** The policies of staff pages: lets only those pass whom one admits, and no form but one of the session's own pages. */
export function staffOnly(sql: Sql) {
  return (policy: Policy) => {
    const middleware = createMiddleware<StaffEnv>(async (context, next) => {
      const staff = await staffOf(sql, context.get('session'));
      if (staff === undefined) return context.redirect(adminPaths.signIn, 303);
      context.set('staff', staff);
      if (!isAdmitted(policy, staff)) throw new PageRefused('not allowed');
      const isPost = context.req.method === 'POST';
      const form = isPost ? textFields(await context.req.parseBody({ all: true })) : {};
      if (isPost && !isGenuine(staff.session, valueOf(form, 'csrf'))) throw new PageRefused('form expired');
      context.set('form', form);
      await begins(context);
      await next();
      return;
    });
    return enforces(policy, middleware);
  };
}

/** What the shell of a page tells of who looks at it. */
export function staffFrame({ config }: ServerDeps, context: Context<StaffEnv>): StaffFrame {
  const { user, session, ...identity } = context.get('staff');
  return {
    userName: `${user.nameGiven} ${user.nameFamily}`.trim(),
    standing: standingOf({ user, ...identity }),
    isOperator: user.isSuperuser,
    readsAudit: isAdmitted('manager', { user, ...identity }),
    csrf: session.csrf,
    zone: 'UTC',
    temporalUrl: config.TEMPORAL_UI_URL ?? 'http://localhost:8233',
    apiDocsUrl: '/api/schema/swagger-ui/',
    theme: readerOf(context).theme,
    answersForm: context.req.method !== 'GET',
  };
}

/** The practitioner behind a session; undefined for nobody and for patients. */
async function staffOf(sql: Sql, session: LiveSession | undefined): Promise<Staff | undefined> {
  if (session === undefined) return undefined;
  const { user, roles: own } = (await findUserWithRoles(sql, session.userId)) ?? {};
  if (user?.kind !== 'practitioner' || own === undefined) return undefined;
  const roles = user.isSuperuser ? await managerEverywhere(sql) : own;
  return { user, roles, isMember: own.size > 0, session };
}

async function managerEverywhere(sql: Sql): Promise<Map<number, Role>> {
  return new Map((await everyOrganization(sql)).map((id) => [id, 'manager']));
}

function standingOf({ user, roles }: Identity): string {
  if (user.isSuperuser) return 'Operator, all organizations';
  const highest = (['manager', 'member', 'viewer'] as const).find((role) =>
    [...roles.values()].includes(role),
  );
  const name = highest === undefined ? 'No role' : highest.charAt(0).toUpperCase() + highest.slice(1);
  return `${name}, ${counted(roles.size, 'organization')}`;
}
