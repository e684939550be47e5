import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { mayFoundUnder, mayManageOrganization, ROOT_ORGANIZATION } from '../auth/policies.js';
import {
  changeOrganization,
  createOrganization,
  findOrganization,
  type OrganizationRecord,
  organizationsUnder,
  pageOfOrganizations,
  removeOrganization,
} from '../db/organizations.js';
import { camelQuery, eitherCase, eitherCasePartial } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import {
  ORGANIZATION_TYPES,
  organizationShape,
  type OrganizationTree,
  organizationTreeShape,
} from './organization-shape.js';
import { envelope, envelopeOf, listQuery, pageRequest } from './paging.js';
import { notAllowed, notFound, Problem } from './problems.js';
import { apiRoutes, queryId, text } from './routes.js';
import * as shapes from './shapes.js';

const tags = ['organizations'];
const organization = shapes.json('the organization', organizationShape);
const refused = { 400: shapes.problem('refused input'), 404: shapes.problem('unknown organization') };
const type = z.enum(Object.keys(ORGANIZATION_TYPES).filter((key) => key !== 'root'));
const fields = {
  name: text(200).min(1),
  type,
  partOf: queryId.nullish(),
};
/** The top of the tree has id 0. */
const params = z.object({
  id: queryId.openapi({
    param: { in: 'path', name: 'id', required: true },
    ...{ type: 'integer', example: 20003 },
  }),
});

/** The tree of organizations: read by everybody, grown and changed by managers. */
export function organizationRoutes({ sql, reading, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const path = '/api/v1/organizations';

  const all = route('any account', {
    ...{ method: 'get', path, tags, summary: 'All organizations, or those directly under one' },
    request: { query: listQuery({ partOf: queryId.optional() }) },
    responses: { 200: shapes.json('organizations by name', envelopeOf(organizationShape)) },
  });
  routes.openapi(all, async (context) => {
    const query = camelQuery(context.req.valid('query'));
    const request = pageRequest(query);
    const page = await pageOfOrganizations(reading, context.get('identity').user.id, query.partOf, request);
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });

  const types = route('any account', {
    ...{ method: 'get', path: `${path}/types`, tags, summary: 'The types of organizations' },
    responses: { 200: shapes.json('code and label', z.record(z.string(), z.string())) },
  });
  routes.openapi(types, (context) => context.json({ ...ORGANIZATION_TYPES }, 200));

  const one = route('any account', {
    ...{ method: 'get', path: `${path}/{id}`, tags, summary: 'An organization' },
    request: { params },
    responses: { 200: organization, 404: refused[404] },
  });
  routes.openapi(one, async (context) => {
    const { user } = context.get('identity');
    return context.json(await known(context.req.valid('param').id, user.id), 200);
  });

  const tree = route('any account', {
    ...{
      method: 'get',
      path: `${path}/{id}/tree`,
      tags,
      summary: 'An organization with everything under it',
    },
    request: { params },
    responses: { 200: shapes.json('the tree', organizationTreeShape), 404: refused[404] },
  });
  routes.openapi(tree, async (context) => {
    const { id } = context.req.valid('param');
    const [top, ...under] = await organizationsUnder(reading, id, context.get('identity').user.id);
    if (top === undefined) throw notFound('Organization');
    return context.json(treeOf(top, under), 200);
  });

  const create = route('manager', {
    ...{ method: 'post', path, tags, summary: 'Found an organization and manage it' },
    request: { body: shapes.jsonBody(eitherCase(fields)) },
    responses: { 201: organization, ...refused },
  });
  routes.openapi(create, async (context) => {
    const { name, type: kind, partOf } = context.req.valid('json');
    const { user } = context.get('identity');
    if (!mayFoundUnder(context.get('identity'), partOf ?? null)) throw notAllowed();
    const parent = await known(partOf ?? ROOT_ORGANIZATION, user.id);
    const id = await createOrganization(sql, { name, type: kind, partOf: parent.id }, user.id);
    return context.json(await known(id, user.id), 201);
  });

  for (const method of ['put', 'patch'] as const) {
    const change = route('manager', {
      ...{ method, path: `${path}/{id}`, tags, summary: 'Change an organization, or where it hangs' },
      request: { params, body: shapes.jsonBody(eitherCasePartial(fields)) },
      responses: { 200: organization, ...refused },
    });
    routes.openapi(change, async (context) => {
      const identity = context.get('identity');
      const before = await managed(identity, context.req.valid('param').id);
      const {
        name = before.name,
        type: kind = before.type,
        partOf = before.partOf,
      } = context.req.valid('json');
      if (partOf !== before.partOf && !mayFoundUnder(identity, partOf)) throw notAllowed();
      const parent = await known(partOf ?? ROOT_ORGANIZATION, identity.user.id);
      const isChanged = await changeOrganization(sql, before.id, { name, type: kind, partOf: parent.id });
      if (!isChanged) throw new Problem(400, 'An organization cannot be a part of itself.');
      return context.json(await known(before.id, identity.user.id), 200);
    });
  }

  const remove = route('manager', {
    ...{ method: 'delete', path: `${path}/{id}`, tags, summary: 'Remove an organization that is empty' },
    request: { params },
    responses: {
      204: { description: 'removed' },
      404: refused[404],
      409: shapes.problem('studies, patients or organizations belong to it'),
    },
  });
  routes.openapi(remove, async (context) => {
    const { id } = await managed(context.get('identity'), context.req.valid('param').id);
    if (!(await removeOrganization(sql, id)))
      throw new Problem(409, 'Studies, patients or organizations still belong to this organization.');
    return context.body(null, 204);
  });
  return routes;

  async function known(id: number, userId: number): Promise<OrganizationRecord> {
    const found = await findOrganization(reading, id, userId);
    if (found === undefined) throw notFound('Organization');
    return found;
  }

  async function managed(identity: ApiEnv['Variables']['identity'], id: number): Promise<OrganizationRecord> {
    const found = await known(id, identity.user.id);
    if (id === ROOT_ORGANIZATION || !mayManageOrganization(identity, found)) throw notAllowed();
    return found;
  }
}

function treeOf(top: OrganizationRecord, under: readonly OrganizationRecord[]): OrganizationTree {
  const children = under.filter(({ partOf }) => partOf === top.id).map((child) => treeOf(child, under));
  return { ...top, children };
}
