import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { concerns } from '../audit/requests.js';
import { findAccount, pageOfAccounts, practitionersByEmail, type Account } from '../db/accounts.js';
import { organizationsOfUser } from '../db/organizations.js';
import { patientRecord } from '../db/patient-records.js';
import type { User } from '../db/users.js';
import { camelQuery } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { organizationShape } from './organization-shape.js';
import { envelope, envelopeOf, listQuery, pageRequest } from './paging.js';
import { notAllowed, notFound } from './problems.js';
import { apiRoutes } from './routes.js';
import * as shapes from './shapes.js';

const tags = ['users'];
const ofPractitioner = z.object({
  id: z.int(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  patient: z.null(),
  userType: z.literal('practitioner'),
  isSuperuser: z.boolean(),
  settings: z.object({ currentOrganizationId: z.int().nullable(), currentStudyId: z.null() }),
});
const ofPatient = z.object({
  id: z.int(),
  patient: shapes.patientRecordShape.pick({
    id: true,
    jheUserId: true,
    identifiers: true,
    organizations: true,
  }),
  userType: z.literal('patient'),
  isSuperuser: z.boolean(),
});
const profileShape = z.union([ofPractitioner, ofPatient]).openapi('Profile');
const account = z
  .object({
    id: z.int(),
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    patient: z.object({ id: z.int() }).nullable(),
    userType: z.enum(['patient', 'practitioner']),
    isSuperuser: z.boolean(),
  })
  .openapi('User');
const colleague = account.pick({ id: true, email: true, firstName: true, lastName: true });

/** Accounts. Nobody changes one here: patients and practitioners are made and changed where they belong. */
export function userRoutes({ sql, reading, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);

  const profile = route('any account', {
    ...{ method: 'get', path: '/api/v1/users/profile', tags, summary: 'The account that the token acts for' },
    responses: { 200: shapes.json('the account; of a patient without names and addresses', profileShape) },
  });
  routes.openapi(profile, async (context) => {
    const { user, roles } = context.get('identity');
    if (user.patientId !== null) return context.json(await patientProfile(user.id, user.patientId), 200);
    return context.json(
      practitionerProfile(
        user,
        [...roles.keys()].sort((a, b) => a - b),
      ),
      200,
    );
  });

  const organizations = route('any account', {
    ...{ method: 'get', path: '/api/v1/users/organizations', tags, summary: 'Organizations of the account' },
    responses: { 200: shapes.json('organizations by id', shapes.list(organizationShape)) },
  });
  routes.openapi(organizations, async (context) =>
    context.json(await organizationsOfUser(reading, context.get('identity').user.id), 200),
  );

  const search = route('manager', {
    ...{ method: 'get', path: '/api/v1/users/search_by_email', tags },
    summary: 'The practitioner with exactly this address, to make them a member',
    request: {
      query: z.object({ email: z.string().min(1).openapi({ example: 'member_megan@example.com' }) }),
    },
    responses: { 200: shapes.json('none or one', shapes.list(colleague)) },
  });
  routes.openapi(search, async (context) =>
    context.json(await practitionersByEmail(reading, context.req.valid('query').email), 200),
  );

  const all = route('superuser', {
    ...{ method: 'get', path: '/api/v1/users', tags, summary: 'All accounts' },
    request: { query: listQuery({ email: z.string().optional() }) },
    responses: { 200: shapes.json('accounts by id', envelopeOf(account)) },
  });
  routes.openapi(all, async (context) => {
    const query = camelQuery(context.req.valid('query'));
    const request = pageRequest(query);
    const { count, results } = await pageOfAccounts(reading, query.email, request);
    concerns(context, { patients: results.flatMap(({ patientId }) => patientId ?? []) });
    const page = { count, results: results.map(toldOf) };
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });

  const one = route('any account', {
    ...{
      method: 'get',
      path: '/api/v1/users/{id}',
      tags,
      summary: 'An account: your own; any, for superusers',
    },
    request: { params: shapes.pathId(10002) },
    responses: { 200: shapes.json('the account', account), 404: shapes.problem('unknown') },
  });
  routes.openapi(one, async (context) => {
    const { id } = context.req.valid('param');
    const { user } = context.get('identity');
    if (user.id !== id && !user.isSuperuser) throw notAllowed();
    const found = await findAccount(reading, id);
    if (found === undefined) throw notFound('User');
    return context.json(toldOf(found), 200);
  });
  return routes;

  async function patientProfile(userId: number, patientId: number): Promise<z.infer<typeof ofPatient>> {
    const record = await patientRecord(reading, patientId);
    if (record === undefined) throw notFound('Patient');
    const { id, jheUserId, identifiers, organizations } = record;
    const patient = { id, jheUserId, identifiers, organizations };
    return { id: userId, patient, userType: 'patient', isSuperuser: false };
  }
}

function practitionerProfile(user: User, organizationIds: readonly number[]): z.infer<typeof ofPractitioner> {
  return {
    id: user.id,
    email: user.email,
    firstName: user.nameGiven,
    lastName: user.nameFamily,
    patient: null,
    userType: 'practitioner',
    isSuperuser: user.isSuperuser,
    // The original remembers what was looked at last; a read changes nothing here.
    settings: { currentOrganizationId: organizationIds[0] ?? null, currentStudyId: null },
  };
}

function toldOf({ patientId, ...told }: Account): z.infer<typeof account> {
  return { ...told, patient: patientId === null ? null : { id: patientId } };
}
