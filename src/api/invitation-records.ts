import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { concerns } from '../audit/requests.js';
import { hasRole, type Identity, readableOrganizations } from '../auth/policies.js';
import { withdrawInvitation } from '../db/invitations.js';
import { findInvitation, type InvitationRecord, pageOfInvitations } from '../db/invitation-records.js';
import { findPatient } from '../db/patients.js';
import { camelQuery, eitherCase } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { invitationShape } from './invitation-shape.js';
import { envelope, envelopeOf, pageRequest, SHORT_LIST, shortListQuery } from './paging.js';
import { notAllowed, notFound, Problem } from './problems.js';
import { apiRoutes } from './routes.js';
import * as shapes from './shapes.js';

const tags = ['invitations'];
const params = shapes.pathId(101);
const one = shapes.json('the invitation', invitationShape);
const unknown = shapes.problem('unknown invitation');

/** Invitations as they are read later: by the members of the patient's organizations, and never with a token. */
export function invitationRecordRoutes({
  sql,
  reading,
  config,
  orchestration,
}: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const path = '/api/v1/invitation';

  const all = route('member', {
    ...{
      method: 'get',
      path,
      tags,
      summary: 'Invitations of the patients of your organizations, newest first',
    },
    request: { query: shortListQuery({}) },
    responses: { 200: shapes.json('invitations', envelopeOf(invitationShape)) },
  });
  routes.openapi(all, async (context) => {
    const identity = context.get('identity');
    const own = readableOrganizations(identity).filter((id) => hasRole(identity, [id], 'member'));
    const request = pageRequest(camelQuery(context.req.valid('query')), SHORT_LIST);
    const page = await pageOfInvitations(reading, own, request);
    concerns(context, { invitations: page.results.map(({ id }) => id) });
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });

  const read = route('member', {
    ...{ method: 'get', path: `${path}/{id}`, tags, summary: 'An invitation' },
    request: { params },
    responses: { 200: one, 404: unknown },
  });
  routes.openapi(read, async (context) =>
    context.json(await managed(context.get('identity'), context.req.valid('param').id), 200),
  );

  const cancel = route('member', {
    ...{ method: 'patch', path: `${path}/{id}`, tags, summary: 'Cancel an invitation that is still open' },
    request: { params, body: shapes.jsonBody(eitherCase({ status: z.literal('cancelled') })) },
    responses: {
      200: one,
      400: shapes.problem('refused input'),
      404: unknown,
      409: shapes.problem('not open'),
    },
  });
  routes.openapi(cancel, async (context) => {
    const { id } = await managed(context.get('identity'), context.req.valid('param').id);
    await close(id);
    return context.json(await managed(context.get('identity'), id), 200);
  });

  const remove = route('member', {
    ...{
      method: 'delete',
      path: `${path}/{id}`,
      tags,
      summary: 'Cancel an invitation; that it was sent stays',
    },
    request: { params },
    responses: { 204: { description: 'cancelled' }, 404: unknown, 409: shapes.problem('not open') },
  });
  routes.openapi(remove, async (context) => {
    const { id } = await managed(context.get('identity'), context.req.valid('param').id);
    await close(id);
    return context.body(null, 204);
  });
  return routes;

  async function managed(identity: Identity, id: number): Promise<InvitationRecord> {
    const found = await findInvitation(sql, id);
    const patient = found && (await findPatient(sql, found.patientId));
    if (found === undefined || patient === undefined) throw notFound('Invitation');
    if (!hasRole(identity, patient.organizationIds, 'member')) throw notAllowed();
    return found;
  }

  async function close(id: number): Promise<void> {
    if (!(await withdrawInvitation(sql, id))) throw new Problem(409, 'The invitation is not open.');
    await orchestration.withdrawn(id).catch(() => false);
  }
}
