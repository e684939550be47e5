import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { hasRole, mayReadStudy, readableOrganizations } from '../auth/policies.js';
import { findOrganization } from '../db/organizations.js';
import { changeStudy, createStudy, pageOfStudies, removeStudy, studyRecord } from '../db/study-records.js';
import { camelQuery, eitherCase, eitherCasePartial } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { envelope, envelopeOf, listQuery, pageRequest } from './paging.js';
import { notAllowed, notFound, Problem } from './problems.js';
import { apiRoutes, queryId, sentId, text } from './routes.js';
import * as shapes from './shapes.js';
import { managedStudy, notYourStudy } from './study-access.js';
import { studyShape, writtenStudyShape } from './study-shapes.js';

const tags = ['studies'];
const params = shapes.pathId(30001);
const fields = {
  organization: sentId,
  name: text(200).min(1),
  description: text(5000).min(1),
  iconUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullish(),
};
const written = shapes.json('the study', writtenStudyShape);
const refused = { 400: shapes.problem('refused input'), 404: shapes.problem('no such organization') };

/** Studies, as the practitioners of their organizations see them. */
export function studyRoutes({ sql, reading, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const path = '/api/v1/studies';

  const all = route('practitioner', {
    ...{ method: 'get', path, tags, summary: 'Studies of the organizations of the account' },
    request: { query: listQuery({ organizationId: queryId.optional() }) },
    responses: { 200: shapes.json('studies by name', envelopeOf(studyShape)) },
  });
  routes.openapi(all, async (context) => {
    const query = camelQuery(context.req.valid('query'));
    const readable = readableOrganizations(context.get('identity'));
    const organizationIds = readable.filter((id) => id === (query.organizationId ?? id));
    const request = pageRequest(query);
    const page = await pageOfStudies(reading, organizationIds, request);
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });

  const one = route('practitioner', {
    ...{
      method: 'get',
      path: `${path}/{id}`,
      tags,
      summary: 'One study of the organizations of the account',
    },
    request: { params },
    responses: { 200: shapes.json('the study', studyShape) },
  });
  routes.openapi(one, async (context) => {
    const study = await studyRecord(reading, context.req.valid('param').id);
    const isReadable =
      study !== undefined && mayReadStudy(context.get('identity'), { organizationId: study.organization.id });
    if (!isReadable) throw notYourStudy();
    return context.json(study, 200);
  });

  const create = route('member', {
    ...{ method: 'post', path, tags, summary: 'Begin a study' },
    request: { body: shapes.jsonBody(eitherCase(fields)) },
    responses: { 201: written, ...refused },
  });
  routes.openapi(create, async (context) => {
    const { iconUrl = null, ...study } = context.req.valid('json');
    await requireMember(context.get('identity'), study.organization);
    return context.json(await createStudy(sql, { ...study, iconUrl }), 201);
  });

  for (const method of ['put', 'patch'] as const) {
    const change = route('member', {
      ...{ method, path: `${path}/{id}`, tags, summary: 'Change a study' },
      request: { params, body: shapes.jsonBody(eitherCasePartial(fields)) },
      responses: { 200: written, ...refused },
    });
    routes.openapi(change, async (context) => {
      const { id } = context.req.valid('param');
      await managedStudy(sql, context.get('identity'), id);
      const before = await studyRecord(reading, id);
      if (before === undefined) throw notYourStudy();
      const { organization = before.organization.id, ...told } = context.req.valid('json');
      await requireMember(context.get('identity'), organization);
      return context.json(await changeStudy(sql, id, { ...told, organization }), 200);
    });
  }

  const remove = route('member', {
    ...{
      method: 'delete',
      path: `${path}/{id}`,
      tags,
      summary: 'Remove a study that no patient ever was in',
    },
    request: { params },
    responses: { 204: { description: 'removed' }, 409: shapes.problem('patients are or were in it') },
  });
  routes.openapi(remove, async (context) => {
    const { id } = await managedStudy(sql, context.get('identity'), context.req.valid('param').id);
    if (!(await removeStudy(sql, id))) throw new Problem(409, 'Patients are, or were, in this study.');
    return context.body(null, 204);
  });
  return routes;

  /** A study goes to an organization only by those who may also write there. */
  async function requireMember(identity: ApiEnv['Variables']['identity'], organizationId: number) {
    if (!hasRole(identity, [organizationId], 'member')) throw notAllowed();
    const found = await findOrganization(reading, organizationId, identity.user.id);
    if (found === undefined) throw notFound('Organization');
  }
}
