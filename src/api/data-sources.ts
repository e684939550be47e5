import { type OpenAPIHono, z } from '@hono/zod-openapi';
import * as catalog from '../db/catalog.js';
import { camelQuery, eitherCase, eitherCasePartial } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { envelope, envelopeOf, listQuery, pageRequest } from './paging.js';
import { notFound, Problem, unlessTaken } from './problems.js';
import { apiRoutes, sentId, text } from './routes.js';
import * as shapes from './shapes.js';

const tags = ['data sources'];
const params = shapes.pathId(70004);
const unknown = shapes.problem('unknown');
const refused = { 400: shapes.problem('refused input'), 404: unknown };
const type = z.enum(['medical_device', 'personal_device', 'patient_app']);
const fields = { name: text(200).min(1), type: type.optional() };
const source = shapes.json('the data source', shapes.dataSourceShape);
const supported = z.object({
  id: z.int(),
  dataSource: shapes.dataSourceShape.omit({ supportedScopes: true }),
  scopeCode: shapes.conceptShape,
});

const isThere = () => new Problem(400, 'A data source of this name is there already.');

/** The wearables and applications that data comes from, and what each can measure. */
export function dataSourceRoutes({ sql, reading, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const path = '/api/v1/data_sources';

  const all = route('any account', {
    ...{ method: 'get', path, tags, summary: 'All data sources' },
    request: { query: listQuery({}) },
    responses: { 200: shapes.json('data sources by name', envelopeOf(shapes.dataSourceShape)) },
  });
  routes.openapi(all, async (context) => {
    const request = pageRequest(camelQuery(context.req.valid('query')));
    const page = await catalog.pageOfDataSources(sql, request);
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });

  const scopes = route('any account', {
    ...{ method: 'get', path: `${path}/all_scopes`, tags, summary: 'All scopes there are' },
    responses: { 200: shapes.json('scopes by text', shapes.list(shapes.conceptShape)) },
  });
  routes.openapi(scopes, async (context) => context.json(await catalog.allScopes(reading), 200));

  const one = route('any account', {
    ...{ method: 'get', path: `${path}/{id}`, tags, summary: 'A data source' },
    request: { params },
    responses: { 200: source, 404: unknown },
  });
  routes.openapi(one, async (context) => context.json(await known(context.req.valid('param').id), 200));

  const create = route('superuser', {
    ...{ method: 'post', path, tags, summary: 'Add a data source' },
    request: { body: shapes.jsonBody(eitherCase(fields)) },
    responses: { 201: source, 400: refused[400] },
  });
  routes.openapi(create, async (context) => {
    const { name, type: kind = 'personal_device' } = context.req.valid('json');
    const id = await unlessTaken(catalog.createDataSource(sql, name, kind), isThere());
    return context.json(await known(id), 201);
  });

  for (const method of ['put', 'patch'] as const) {
    const change = route('superuser', {
      ...{ method, path: `${path}/{id}`, tags, summary: 'Change a data source' },
      request: { params, body: shapes.jsonBody(eitherCasePartial(fields)) },
      responses: { 200: source, ...refused },
    });
    routes.openapi(change, async (context) => {
      const before = await known(context.req.valid('param').id);
      const { name = before.name, type: kind = before.type } = context.req.valid('json');
      await unlessTaken(catalog.changeDataSource(sql, before.id, name, kind), isThere());
      return context.json(await known(before.id), 200);
    });
  }

  const remove = route('superuser', {
    ...{ method: 'delete', path: `${path}/{id}`, tags, summary: 'Remove a data source that nothing uses' },
    request: { params },
    responses: { 204: { description: 'removed' }, 404: unknown, 409: shapes.problem('something uses it') },
  });
  routes.openapi(remove, async (context) => {
    const { id } = await known(context.req.valid('param').id);
    if (!(await catalog.removeDataSource(sql, id)))
      throw new Problem(409, 'Studies, observations or Open Wearables use this data source.');
    return context.body(null, 204);
  });

  const supports = { path: `${path}/{id}/supported_scopes`, tags } as const;
  const scopeBody = { params, body: shapes.jsonBody(eitherCase({ scopeCodeId: sentId })) };
  const readScopes = route('any account', {
    ...{ ...supports, method: 'get', summary: 'What a data source can measure' },
    request: { params },
    responses: { 200: shapes.json('scopes by text', shapes.list(supported)), 404: unknown },
  });
  routes.openapi(readScopes, async (context) => {
    const { id } = await known(context.req.valid('param').id);
    return context.json(await catalog.supportedScopes(sql, id), 200);
  });
  const addScope = route('superuser', {
    ...{ ...supports, method: 'post', summary: 'Say that a data source measures a scope' },
    request: scopeBody,
    responses: {
      201: shapes.json('added', supported),
      ...refused,
      409: shapes.problem('that is known already'),
    },
  });
  routes.openapi(addScope, async (context) => {
    const { id } = await known(context.req.valid('param').id);
    const { scopeCodeId } = context.req.valid('json');
    const isNew = await catalog.addSupportedScope(sql, id, scopeCodeId);
    const added = (await catalog.supportedScopes(sql, id)).find(
      ({ scopeCode }) => scopeCode.id === scopeCodeId,
    );
    if (added === undefined) throw new Problem(400, 'There is no scope with this id.');
    if (!isNew) throw new Problem(409, 'The data source measures this scope already.');
    return context.json(added, 201);
  });
  const removeScope = route('superuser', {
    ...{ ...supports, method: 'delete', summary: 'Say that a data source does not measure a scope' },
    request: scopeBody,
    responses: { 204: { description: 'removed' }, ...refused },
  });
  routes.openapi(removeScope, async (context) => {
    const { id } = await known(context.req.valid('param').id);
    if (!(await catalog.removeSupportedScope(sql, id, context.req.valid('json').scopeCodeId)))
      throw notFound('Scope');
    return context.body(null, 204);
  });
  return routes;

  async function known(id: number) {
    const found = await catalog.findDataSource(sql, id);
    if (found === undefined) throw notFound('DataSource');
    return found;
  }
}
