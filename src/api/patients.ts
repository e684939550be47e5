import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { concerns } from '../audit/requests.js';
import { mayReadPatient, readableOrganizations } from '../auth/policies.js';
import { pageOfPatients, patientRecord, patientRecordByEmail } from '../db/patient-records.js';
import { consolidatedClients } from '../db/patient-clients.js';
import { findPatient } from '../db/patients.js';
import { camelQuery } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { invitationShape } from './invitation-shape.js';
import { envelope, envelopeOf, listQuery, pageRequest } from './paging.js';
import { notAllowed, notFound, Problem } from './problems.js';
import { apiRoutes, queryId, text } from './routes.js';
import * as shapes from './shapes.js';

const tags = ['patients'];
const record = shapes.json('the patient', shapes.patientRecordShape);
const unknown = shapes.problem('unknown patient');

const filters = {
  organizationId: queryId.optional(),
  studyId: queryId.optional(),
  patientId: queryId.optional(),
  patientIdentifierValue: text(500).optional(),
};

const clientOfPatient = z.object({
  id: z.int(),
  name: z.string(),
  clientId: z.string(),
  invitationUrl: z.string(),
  patientInvitations: shapes.list(invitationShape),
});

/** Patients as practitioners of their organizations see them, and as they see themselves. */
export function patientRoutes({ sql, reading, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);

  const all = route('any account', {
    ...{ method: 'get', path: '/api/v1/patients', tags },
    summary: 'Patients of the organizations of the account',
    request: { query: listQuery(filters) },
    responses: { 200: shapes.json('patients by id', envelopeOf(shapes.patientRecordShape)) },
  });
  routes.openapi(all, async (context) => {
    const query = camelQuery(context.req.valid('query'));
    const readable = readableOrganizations(context.get('identity'));
    const organizationIds = readable.filter((id) => id === (query.organizationId ?? id));
    const { studyId, patientId, patientIdentifierValue: identifierValue } = query;
    const request = pageRequest(query);
    const page = await pageOfPatients(
      reading,
      { organizationIds, studyId, patientId, identifierValue },
      request,
    );
    concerns(context, { patients: page.results.map(({ id }) => id) });
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });

  for (const path of ['/api/v1/patients/me', '/api/v1/patients/me/'] as const) {
    const me = route('any account', {
      ...{ method: 'get', path, tags, summary: 'The patient that the token acts for' },
      responses: { 200: record },
    });
    routes.openapi(me, async (context) => {
      const { patientId } = context.get('identity').user;
      const own = patientId === null ? undefined : await patientRecord(reading, patientId);
      if (own === undefined) throw new Problem(403, 'Current user is not a patient.');
      return context.json(own, 200);
    });
  }

  const lookup = route('practitioner', {
    ...{ method: 'get', path: '/api/v1/patients/global_lookup', tags },
    summary: 'The patient with exactly this address, in the organizations of the account',
    request: { query: z.object({ email: text(320).optional().openapi({ example: 'pat@example.com' }) }) },
    responses: {
      200: shapes.json('none or one', shapes.list(shapes.patientRecordShape)),
      400: shapes.problem('no address given'),
    },
  });
  routes.openapi(lookup, async (context) => {
    const { email } = context.req.valid('query');
    if (email === undefined || email === '') throw new Problem(400, 'email parameter required');
    const found = await patientRecordByEmail(reading, email, readableOrganizations(context.get('identity')));
    concerns(context, { patients: found === undefined ? [] : [found.id] });
    return context.json(found === undefined ? [] : [found], 200);
  });

  const one = route('any account', {
    ...{
      method: 'get',
      path: '/api/v1/patients/{id}',
      tags,
      summary: 'One patient of the account, or oneself',
    },
    request: { params: shapes.pathId(40001) },
    responses: { 200: record, 404: unknown },
  });
  routes.openapi(one, async (context) => {
    const found = await readable(context.get('identity'), context.req.valid('param').id);
    return context.json(found, 200);
  });

  const clients = route('any account', {
    ...{ method: 'get', path: '/api/v1/patients/{id}/consolidated_clients', tags },
    summary: 'Clients of the studies of a patient, with the invitations to each',
    request: { params: shapes.pathId(40001) },
    responses: { 200: shapes.json('clients', shapes.list(clientOfPatient)), 404: unknown },
  });
  routes.openapi(clients, async (context) => {
    const { id } = await readable(context.get('identity'), context.req.valid('param').id);
    return context.json(await consolidatedClients(reading, id), 200);
  });
  return routes;

  async function readable(identity: ApiEnv['Variables']['identity'], id: number) {
    const patient = await findPatient(sql, id);
    if (patient === undefined) throw notFound('Patient');
    if (!mayReadPatient(identity, patient)) throw notAllowed();
    const found = await patientRecord(reading, id);
    if (found === undefined) throw notFound('Patient');
    return found;
  }
}
