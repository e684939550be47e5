import { type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  createPractitioner,
  findPractitioner,
  pageOfPractitioners,
  retirePractitioner,
} from '../db/accounts.js';
import { findOrganization } from '../db/organizations.js';
import { camelQuery, eitherCase } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { envelope, envelopeOf, pageRequest, SHORT_LIST, shortListQuery } from './paging.js';
import { practitionerShape } from './practitioner-shape.js';
import { notFound, Problem } from './problems.js';
import { apiRoutes, sentId, text } from './routes.js';
import * as shapes from './shapes.js';

const tags = ['practitioners'];
const fields = {
  telecomEmail: z.email('Enter a valid email address.').max(320),
  nameFamily: text(200).min(1),
  nameGiven: text(200).min(1),
  organizationId: sentId,
};

/** The accounts of practitioners, for superusers. */
export function practitionerRoutes({ sql, reading, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const path = '/api/v1/practitioners';

  const all = route('superuser', {
    ...{ method: 'get', path, tags, summary: 'All practitioners' },
    request: { query: shortListQuery({}) },
    responses: { 200: shapes.json('practitioners by id', envelopeOf(practitionerShape)) },
  });
  routes.openapi(all, async (context) => {
    const request = pageRequest(camelQuery(context.req.valid('query')), SHORT_LIST);
    const page = await pageOfPractitioners(reading, request);
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });

  const create = route('superuser', {
    ...{ method: 'post', path, tags },
    summary: 'Make a practitioner, a viewer of one organization, with a password still to be set',
    request: { body: shapes.jsonBody(eitherCase(fields)) },
    responses: {
      201: shapes.json('the practitioner', practitionerShape),
      400: shapes.problem('refused input; the address is taken'),
      404: shapes.problem('unknown organization'),
    },
  });
  routes.openapi(create, async (context) => {
    const { telecomEmail: email, ...told } = context.req.valid('json');
    const organization = await findOrganization(
      reading,
      told.organizationId,
      context.get('identity').user.id,
    );
    if (organization === undefined) throw notFound('Organization');
    const id = await createPractitioner(sql, { email, ...told });
    if (id === undefined) throw new Problem(400, 'An account with this address is there already.');
    const made = await findPractitioner(reading, id);
    if (made === undefined) throw notFound('Practitioner');
    return context.json(made, 201);
  });

  const remove = route('superuser', {
    ...{ method: 'delete', path: `${path}/{id}`, tags },
    summary: 'End the sign-in of a practitioner; what they recorded keeps their name',
    request: { params: shapes.pathId(10003) },
    responses: { 204: { description: 'ended' }, 404: shapes.problem('unknown practitioner') },
  });
  routes.openapi(remove, async (context) => {
    const { id } = context.req.valid('param');
    if ((await findPractitioner(reading, id)) === undefined) throw notFound('Practitioner');
    await retirePractitioner(sql, id);
    return context.body(null, 204);
  });
  return routes;
}
