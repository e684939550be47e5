import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { concerns } from '../audit/requests.js';
import { hasRole, type Identity } from '../auth/policies.js';
import { findPractitioner } from '../db/accounts.js';
import { giveRole, membersOf, removeMember } from '../db/organization-members.js';
import { findOrganization } from '../db/organizations.js';
import { studiesOfOrganization } from '../db/study-records.js';
import { eitherCase } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { organizationShape } from './organization-shape.js';
import { practitionerShape } from './practitioner-shape.js';
import { notAllowed, notFound } from './problems.js';
import { apiRoutes, sentId } from './routes.js';
import * as shapes from './shapes.js';
import { writtenStudyShape } from './study-shapes.js';

const tags = ['organizations'];
const params = shapes.pathId(20003);
const role = z.enum(['viewer', 'member', 'manager']);
const refused = { 400: shapes.problem('refused input'), 404: shapes.problem('unknown') };
const member = z.object({
  ...{ id: z.int(), email: z.string(), firstName: z.string(), lastName: z.string(), role },
});
const membership = z.object({
  id: z.int(),
  organization: organizationShape,
  practitioner: practitionerShape,
  role,
});

/** Who works for an organization, seen by those who do, and changed by its managers. */
export function organizationMemberRoutes({ sql, reading }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const path = '/api/v1/organizations/{id}';

  const users = route('practitioner', {
    ...{ method: 'get', path: `${path}/users`, tags, summary: 'Practitioners of an organization' },
    request: { params },
    responses: { 200: shapes.json('members by id', shapes.list(member)), 404: refused[404] },
  });
  routes.openapi(users, async (context) => {
    const { id } = context.req.valid('param');
    await inside(context.get('identity'), id);
    return context.json(await membersOf(reading, id), 200);
  });

  const studies = route('practitioner', {
    ...{ method: 'get', path: `${path}/studies`, tags, summary: 'Studies of an organization' },
    request: { params },
    responses: { 200: shapes.json('studies by name', shapes.list(writtenStudyShape)), 404: refused[404] },
  });
  routes.openapi(studies, async (context) => {
    const { id } = context.req.valid('param');
    await inside(context.get('identity'), id);
    return context.json(await studiesOfOrganization(reading, id), 200);
  });

  const give = route('manager', {
    ...{ method: 'post', path: `${path}/user`, tags, summary: 'Give a practitioner a role, or another one' },
    request: {
      params,
      // The original spells it so.
      body: shapes.jsonBody(eitherCase({ jheUserId: sentId, organizationPartitionerRole: role })),
    },
    responses: {
      200: shapes.json('changed', membership),
      201: shapes.json('new', membership),
      ...refused,
    },
  });
  routes.openapi(give, async (context) => {
    const identity = context.get('identity');
    const organization = await managed(identity, context.req.valid('param').id);
    const { jheUserId: userId, organizationPartitionerRole: given } = context.req.valid('json');
    concerns(context, { account: userId });
    const changed = await giveRole(sql, organization.id, userId, given);
    const practitioner = await findPractitioner(reading, userId);
    if (changed === undefined || practitioner === undefined) throw notFound('Practitioner');
    const answer = { id: changed.id, organization, practitioner, role: given };
    return changed.isNew ? context.json(answer, 201) : context.json(answer, 200);
  });

  const remove = route('manager', {
    ...{ method: 'delete', path: `${path}/remove_user`, tags, summary: 'Take a practitioner out' },
    request: { params, body: shapes.jsonBody(eitherCase({ jheUserId: sentId })) },
    responses: { 204: { description: 'out' }, ...refused },
  });
  routes.openapi(remove, async (context) => {
    const organization = await managed(context.get('identity'), context.req.valid('param').id);
    const { jheUserId: userId } = context.req.valid('json');
    concerns(context, { account: userId });
    if (!(await removeMember(sql, organization.id, userId))) throw notFound('Practitioner');
    return context.body(null, 204);
  });
  return routes;

  async function known(identity: Identity, id: number) {
    const found = await findOrganization(reading, id, identity.user.id);
    if (found === undefined) throw notFound('Organization');
    return found;
  }

  async function inside(identity: Identity, id: number): Promise<void> {
    await known(identity, id);
    if (!hasRole(identity, [id], 'viewer')) throw notAllowed();
  }

  async function managed(identity: Identity, id: number) {
    const found = await known(identity, id);
    if (!hasRole(identity, [id], 'manager')) throw notAllowed();
    return found;
  }
}
