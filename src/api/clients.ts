import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { dataSourcesOfClient } from '../db/catalog.js';
import * as clients from '../db/clients.js';
import { camelQuery, eitherCase, eitherCasePartial } from './casing.js';
import { clientFields } from './client-fields.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { envelope, envelopeOf, pageRequest, SHORT_LIST, shortListQuery } from './paging.js';
import { notFound, Problem, unlessTaken } from './problems.js';
import { apiRoutes, sentId } from './routes.js';
import * as shapes from './shapes.js';

const tags = ['clients'];
const params = shapes.pathId(6);
const unknown = shapes.problem('unknown');
const refused = { 400: shapes.problem('refused input; the client id is taken'), 404: unknown };
const clientShape = z
  .object({ id: z.int(), name: z.string(), clientId: z.string(), invitationUrl: z.string() })
  .openapi('Client');
const one = shapes.json('the client', clientShape);
const isThere = () =>
  new Problem(400, 'clientId: a client of this id is there already.', {
    clientId: ['A client of this id is there already.'],
  });

/** Applications that patients open from their invitation; public clients with an authorization code and PKCE. */
export function clientRoutes({ sql, reading, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const path = '/api/v1/clients';

  const all = route('any account', {
    ...{ method: 'get', path, tags, summary: 'All clients, newest first' },
    request: { query: shortListQuery({}) },
    responses: { 200: shapes.json('clients', envelopeOf(clientShape)) },
  });
  routes.openapi(all, async (context) => {
    const request = pageRequest(camelQuery(context.req.valid('query')), SHORT_LIST);
    const page = await clients.pageOfClients(reading, request);
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });

  const read = route('any account', {
    ...{ method: 'get', path: `${path}/{id}`, tags, summary: 'One client, by the id of its row' },
    request: { params },
    responses: { 200: one, 404: unknown },
  });
  routes.openapi(read, async (context) => context.json(await known(context.req.valid('param').id), 200));

  const create = route('superuser', {
    ...{ method: 'post', path, tags, summary: 'Add a client' },
    request: { body: shapes.jsonBody(eitherCase(clientFields)) },
    responses: { 201: one, 400: refused[400] },
  });
  routes.openapi(create, async (context) => {
    const id = await unlessTaken(clients.createClient(sql, context.req.valid('json')), isThere());
    return context.json(await known(id), 201);
  });

  for (const method of ['put', 'patch'] as const) {
    const change = route('superuser', {
      ...{ method, path: `${path}/{id}`, tags, summary: 'Change a client' },
      request: { params, body: shapes.jsonBody(eitherCasePartial(clientFields)) },
      responses: { 200: one, ...refused },
    });
    routes.openapi(change, async (context) => {
      const before = await known(context.req.valid('param').id);
      const told = context.req.valid('json');
      const { name = before.name, clientId = before.clientId, invitationUrl = before.invitationUrl } = told;
      await unlessTaken(clients.changeClient(sql, before.id, { name, clientId, invitationUrl }), isThere());
      return context.json(await known(before.id), 200);
    });
  }

  const remove = route('superuser', {
    ...{
      method: 'delete',
      path: `${path}/{id}`,
      tags,
      summary: 'Remove a client nobody was ever invited to',
    },
    request: { params },
    responses: {
      204: { description: 'removed' },
      404: unknown,
      409: shapes.problem('patients were invited'),
    },
  });
  routes.openapi(remove, async (context) => {
    const { id } = await known(context.req.valid('param').id);
    if (!(await clients.removeClient(sql, id)))
      throw new Problem(409, 'Patients were invited to this client.');
    return context.body(null, 204);
  });

  const sources = { path: `${path}/{id}/data_sources`, tags } as const;
  const sourceBody = { params, body: shapes.jsonBody(eitherCase({ dataSourceId: sentId })) };
  const readSources = route('any account', {
    ...{ ...sources, method: 'get', summary: 'Data sources that a client brings' },
    request: { params },
    responses: { 200: shapes.json('data sources', shapes.list(shapes.dataSourceShape)), 404: unknown },
  });
  routes.openapi(readSources, async (context) => {
    const { id } = await known(context.req.valid('param').id);
    return context.json(await dataSourcesOfClient(reading, id), 200);
  });
  const addSource = route('superuser', {
    ...{ ...sources, method: 'post', summary: 'Say that a client brings data of a source' },
    request: sourceBody,
    responses: {
      201: shapes.json('added', z.object({ id: z.int(), client_id: z.string(), dataSourceId: z.int() })),
      ...refused,
    },
  });
  routes.openapi(addSource, async (context) => {
    const client = await known(context.req.valid('param').id);
    const { dataSourceId } = context.req.valid('json');
    const id = await clients.addClientDataSource(sql, client.id, dataSourceId);
    if (id === undefined)
      throw new Problem(400, 'There is no such data source, or the client brings it already.');
    return context.json({ id, client_id: String(client.id), dataSourceId }, 201);
  });
  const removeSource = route('superuser', {
    ...{ ...sources, method: 'delete', summary: 'Say that a client does not bring data of a source' },
    request: sourceBody,
    responses: { 204: { description: 'removed' }, ...refused },
  });
  routes.openapi(removeSource, async (context) => {
    const { id } = await known(context.req.valid('param').id);
    const { dataSourceId } = context.req.valid('json');
    if (!(await clients.removeClientDataSource(sql, id, dataSourceId))) throw notFound('DataSource');
    return context.body(null, 204);
  });
  return routes;

  async function known(id: number) {
    const found = await clients.findClient(reading, id);
    if (found === undefined) throw notFound('Client');
    return found;
  }
}
