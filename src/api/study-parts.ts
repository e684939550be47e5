import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { attachDataSource, dataSources } from '../db/studies.js';
import * as parts from '../db/study-parts.js';
import { eitherCase } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { notFound, Problem } from './problems.js';
import { apiRoutes, sentId } from './routes.js';
import * as shapes from './shapes.js';
import { managedStudy, readableStudy } from './study-access.js';
import { studyInPartShape } from './study-shapes.js';

const tags = ['studies'];
const params = shapes.pathId(30001);
const refused = { 400: shapes.problem('refused input') };
const removed = { 204: { description: 'removed' }, ...refused, 404: shapes.problem('it was not there') };
const attached = { 201: { description: 'attached' }, ...refused, 409: shapes.problem('already attached') };

const scopeRequest = z.object({ id: z.int(), study: studyInPartShape, scopeCode: shapes.conceptShape });
const dataSource = z.object({
  id: z.int(),
  study: studyInPartShape,
  dataSource: shapes.dataSourceShape.omit({ supportedScopes: true }).extend({ lastUpdated: shapes.moment }),
});
const client = z.object({
  id: z.int(),
  study: studyInPartShape,
  client: z.object({ id: z.int(), client_id: z.string(), name: z.string() }),
});

/** What a study asks for, from which wearables, through which clients. */
export function studyPartRoutes({ sql, reading }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const study = '/api/v1/studies/{id}';

  const scopes = { path: `${study}/scope_requests`, tags } as const;
  const scopeBody = { params, body: shapes.jsonBody(eitherCase({ scopeCodeId: sentId })) };
  const readScopes = route('practitioner', {
    ...{ ...scopes, method: 'get', summary: 'Scopes that a study asks for' },
    request: { params },
    responses: { 200: shapes.json('scopes by text', shapes.list(scopeRequest)) },
  });
  routes.openapi(readScopes, async (context) => {
    const { id } = await readableStudy(sql, context.get('identity'), context.req.valid('param').id);
    return context.json(await parts.scopeRequests(reading, id), 200);
  });
  const askScope = route('member', {
    ...{ ...scopes, method: 'post', summary: 'Ask for a scope: patients of the study are to answer it' },
    request: scopeBody,
    responses: { 201: shapes.json('asked for', scopeRequest), ...refused, 409: shapes.problem('already') },
  });
  routes.openapi(askScope, async (context) => {
    const { id } = await managedStudy(sql, context.get('identity'), context.req.valid('param').id);
    const { scopeCodeId } = context.req.valid('json');
    const isNew = await parts.requestScope(sql, id, scopeCodeId);
    const asked = (await parts.scopeRequests(reading, id)).find(
      ({ scopeCode }) => scopeCode.id === scopeCodeId,
    );
    if (asked === undefined) throw new Problem(400, 'There is no scope with this id.');
    if (!isNew) throw new Problem(409, 'The study asks for this scope already.');
    return context.json(asked, 201);
  });
  const dropScope = route('member', {
    ...{
      ...scopes,
      method: 'delete',
      summary: 'Ask for a scope no more: nothing of it is collected any more',
    },
    request: scopeBody,
    responses: removed,
  });
  routes.openapi(dropScope, async (context) => {
    const { id } = await managedStudy(sql, context.get('identity'), context.req.valid('param').id);
    if (!(await parts.dropScope(sql, id, context.req.valid('json').scopeCodeId))) throw notFound('Scope');
    return context.body(null, 204);
  });

  const sources = { path: `${study}/data_sources`, tags } as const;
  const sourceBody = { params, body: shapes.jsonBody(eitherCase({ dataSourceId: sentId })) };
  const readSources = route('practitioner', {
    ...{ ...sources, method: 'get', summary: 'Data sources of a study' },
    request: { params },
    responses: { 200: shapes.json('data sources by name', shapes.list(dataSource)) },
  });
  routes.openapi(readSources, async (context) => {
    const { id } = await readableStudy(sql, context.get('identity'), context.req.valid('param').id);
    return context.json(await parts.studyDataSources(reading, id), 200);
  });
  const attachSource = route('member', {
    ...{ ...sources, method: 'post', summary: 'Attach a data source to a study' },
    request: sourceBody,
    responses: attached,
  });
  routes.openapi(attachSource, async (context) => {
    const { id } = await managedStudy(sql, context.get('identity'), context.req.valid('param').id);
    const { dataSourceId } = context.req.valid('json');
    const known = (await dataSources(reading)).some((source) => source.id === dataSourceId);
    if (!known) throw new Problem(400, 'There is no data source with this id.');
    if (!(await attachDataSource(sql, id, dataSourceId)))
      throw new Problem(409, 'The data source is already attached to this study.');
    return context.body(null, 201);
  });
  const detachSource = route('member', {
    ...{ ...sources, method: 'delete', summary: 'Detach a data source: nothing of it is collected any more' },
    request: sourceBody,
    responses: removed,
  });
  routes.openapi(detachSource, async (context) => {
    const { id } = await managedStudy(sql, context.get('identity'), context.req.valid('param').id);
    const { dataSourceId } = context.req.valid('json');
    if (!(await parts.detachDataSource(sql, id, dataSourceId))) throw notFound('DataSource');
    return context.body(null, 204);
  });

  const clients = { path: `${study}/clients`, tags } as const;
  const clientBody = { params, body: shapes.jsonBody(eitherCase({ clientId: sentId })) };
  const readClients = route('practitioner', {
    ...{ ...clients, method: 'get', summary: 'Clients of a study; never their secrets' },
    request: { params },
    responses: { 200: shapes.json('clients by name', shapes.list(client)) },
  });
  routes.openapi(readClients, async (context) => {
    const { id } = await readableStudy(sql, context.get('identity'), context.req.valid('param').id);
    return context.json(await parts.studyClients(reading, id), 200);
  });
  const attachClient = route('member', {
    ...{ ...clients, method: 'post', summary: 'Attach a client to a study, by the id of its row' },
    request: clientBody,
    responses: attached,
  });
  routes.openapi(attachClient, async (context) => {
    const { id } = await managedStudy(sql, context.get('identity'), context.req.valid('param').id);
    const { clientId } = context.req.valid('json');
    const isNew = await parts.attachClient(sql, id, clientId);
    const known = (await parts.studyClients(reading, id)).some((part) => part.client.id === clientId);
    if (!known) throw new Problem(400, 'There is no client with this id.');
    if (!isNew) throw new Problem(409, 'The client is already attached to this study.');
    return context.body(null, 201);
  });
  const detachClient = route('member', {
    ...{ ...clients, method: 'delete', summary: 'Detach a client' },
    request: clientBody,
    responses: removed,
  });
  routes.openapi(detachClient, async (context) => {
    const { id } = await managedStudy(sql, context.get('identity'), context.req.valid('param').id);
    if (!(await parts.detachClient(sql, id, context.req.valid('json').clientId))) throw notFound('Client');
    return context.body(null, 204);
  });
  return routes;
}
