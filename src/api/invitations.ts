import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { concerns } from '../audit/requests.js';
import { hasRole } from '../auth/policies.js';
import { clients } from '../db/clients.js';
import { findPatient } from '../db/patients.js';
import { issueInvitationFor, sendInvitation } from '../invitations.js';
import { eitherCase } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { notAllowed, notFound, Problem } from './problems.js';
import { apiRoutes, sentId } from './routes.js';

const wish = eitherCase({
  patientId: sentId,
  clientId: sentId,
  sendEmail: z
    .union([z.boolean(), z.stringbool()])
    .optional()
    .openapi({ type: 'boolean', description: 'mails a link of its own as well', example: false }),
});
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
  const { sql, reading } = deps;
  const routes = apiRoutes();
  const route = declareRoutes(sql);

  const create = route('member', {
    method: 'post',
    path: '/api/v1/invitation',
    tags: ['invitations'],
    summary: 'Invite a patient; the token is in this answer only',
    request: {
      body: {
        required: true,
        content: { 'application/json': { schema: wish } },
      },
    },
    responses: {
      201: { description: 'issued', content: { 'application/json': { schema: issued } } },
      403: { description: 'not a member of an organization of this patient' },
      404: { description: 'unknown patient or client' },
    },
  });
  routes.openapi(create, async (context) => {
    const { patientId, clientId, sendEmail = false } = context.req.valid('json');
    const { user } = context.get('identity');
    concerns(context, { patients: [patientId] });
    const patient = await findPatient(sql, patientId);
    if (patient === undefined) throw notFound('Patient');
    if (!hasRole(context.get('identity'), patient.organizationIds, 'member')) throw notAllowed();
    const client = (await clients(reading)).find(({ id }) => id === clientId);
    if (client === undefined) throw notFound('Client');

    if (sendEmail && !deps.post.isConfigured) throw new Problem(400, 'This installation sends no mail.');
    const issue = sendEmail ? sendInvitation : issueInvitationFor;
    const invitation = await issue(deps, { patientId, client, issuedBy: user.id });
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
