import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { hasRole } from '../auth/policies.js';
import { clients } from '../db/clients.js';
import { findPatient } from '../db/patients.js';
import { issueInvitationFor } from '../invitations.js';
import { eitherCase } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { notAllowed, notFound } from './problems.js';
import { apiRoutes, rowId } from './routes.js';

const issued = z.object({
  id: z.int(),
  patientId: z.int(),
  client_id: z.int(),
  tokenHash: z.string(),
  token: z.string(),
  status: z.literal('issued'),
  lastUpdated: z.iso.datetime(),
  invitationLink: z.url(),
});

export function invitationRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const { sql } = deps;
  const routes = apiRoutes();
  const route = declareRoutes(sql);

  const issue = route('member', {
    method: 'post',
    path: '/api/v1/invitation',
    tags: ['invitations'],
    summary: 'Invite a patient; the token is in this answer only',
    request: {
      body: {
        required: true,
        content: { 'application/json': { schema: eitherCase({ patientId: rowId, clientId: rowId }) } },
      },
    },
    responses: {
      201: { description: 'issued', content: { 'application/json': { schema: issued } } },
      403: { description: 'not a member of an organization of this patient' },
      404: { description: 'unknown patient or client' },
    },
  });
  routes.openapi(issue, async (context) => {
    const { patientId, clientId } = context.req.valid('json');
    const { user } = context.get('identity');
    const patient = await findPatient(sql, patientId);
    if (patient === undefined) throw notFound('Patient');
    if (!hasRole(context.get('identity'), patient.organizationIds, 'member')) throw notAllowed();
    const client = (await clients(sql)).find(({ id }) => id === clientId);
    if (client === undefined) throw notFound('Client');

    const invitation = await issueInvitationFor(deps, { patientId, client, issuedBy: user.id });
    const body = {
      id: invitation.id,
      patientId,
      client_id: client.id,
      tokenHash: invitation.tokenHash,
      token: invitation.token,
      status: 'issued' as const,
      lastUpdated: invitation.issuedAt.toISOString(),
      invitationLink: invitation.link,
    };
    return context.json(body, 201);
  });
  return routes;
}
