import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { concerns } from '../audit/requests.js';
import { hasRole, mayManagePatient, mayReadPatient } from '../auth/policies.js';
import { changeConsents } from '../consent-changes.js';
import { findOrganization } from '../db/organizations.js';
import { requestedScopes } from '../db/consents.js';
import {
  addToOrganization,
  changePatient,
  createPatient,
  type PatientConflict,
  removeFromOrganization,
} from '../db/patient-changes.js';
import { patientRecord } from '../db/patient-records.js';
import { findPatient } from '../db/patients.js';
import { camelQuery, eitherCase, eitherCaseQuery } from './casing.js';
import { answeredScopes, eventsOf } from './consent-answers.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { notAllowed, notFound, Problem } from './problems.js';
import { apiRoutes, queryId, sentId, text } from './routes.js';
import * as shapes from './shapes.js';

const tags = ['patients'];
const EARLIEST_BIRTH = '1850-01-01';
const birthDate = z.iso
  .date('Enter a valid birth date (YYYY-MM-DD).')
  .refine((date) => date >= EARLIEST_BIRTH && date <= new Date().toISOString().slice(0, 10), {
    message: 'Enter a valid birth date (YYYY-MM-DD).',
  });
const identifiers = z.array(z.object({ system: text(500).min(1), value: text(500).min(1) })).max(20);
const optional = {
  nameFamily: text(200).optional(),
  nameGiven: text(200).optional(),
  birthDate: birthDate.nullish(),
  telecomPhone: text(50).nullish(),
  identifiers: identifiers.optional(),
};
const created = eitherCase({
  ...optional,
  organizationId: sentId,
  telecomEmail: z.email('Enter a valid email address.').max(320),
});
/** The address of an account is not changed through its patient. */
const changed = eitherCase(optional);
const inName = eitherCaseQuery({ organizationId: queryId.optional() });
const patient = shapes.json('the patient', shapes.patientRecordShape);
const refused = {
  400: shapes.problem('refused input; the address or an identifier is taken'),
  404: shapes.problem('unknown patient'),
};

/** Patients made and changed by the members of their organizations. */
export function patientChangeRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const { sql, reading } = deps;
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const path = '/api/v1/patients/{id}';
  const request = { params: shapes.pathId(40001), query: inName };

  const create = route('member', {
    ...{
      method: 'post',
      path: '/api/v1/patients',
      tags,
      summary: 'Make a patient with an account of its own',
    },
    request: { body: shapes.jsonBody(created) },
    responses: { 201: patient, ...refused },
  });
  routes.openapi(create, async (context) => {
    const {
      organizationId,
      telecomEmail: email,
      identifiers: names = [],
      ...fields
    } = context.req.valid('json');
    const identity = context.get('identity');
    if (!hasRole(identity, [organizationId], 'member')) throw notAllowed();
    if ((await findOrganization(reading, organizationId, identity.user.id)) === undefined)
      throw notFound('Organization');
    const { nameFamily = '', nameGiven = '', birthDate: born = null, telecomPhone = null } = fields;
    const told = { nameFamily, nameGiven, birthDate: born, telecomPhone };
    const id = unlessConflict(
      await createPatient(sql, { email, organizationId, identifiers: names, ...told }),
    );
    concerns(context, { patients: [id] });
    return context.json(await recordOf(id), 201);
  });

  for (const method of ['put', 'patch'] as const) {
    const change = route('member', {
      ...{ method, path, tags, summary: 'Change a patient; identifiers, when sent, replace the whole set' },
      request: { ...request, body: shapes.jsonBody(changed) },
      responses: { 200: patient, ...refused },
    });
    routes.openapi(change, async (context) => {
      const { id } = context.req.valid('param');
      await managed(context, id, camelQuery(context.req.valid('query')).organizationId);
      const { identifiers: names, ...fields } = context.req.valid('json');
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      unlessConflict(await changePatient(sql, id, { ...(await recordOf(id)), ...given }, names));
      return context.json(await recordOf(id), 200);
    });
  }

  const remove = route('member', {
    ...{ method: 'delete', path, tags },
    summary: 'Take a patient out of an organization and its studies: consents there stop, records stay',
    request,
    responses: { 204: { description: 'taken out' }, 400: refused[400], 404: refused[404] },
  });
  routes.openapi(remove, async (context) => {
    const { id } = context.req.valid('param');
    const { organizationId } = camelQuery(context.req.valid('query'));
    if (organizationId === undefined) throw new Problem(400, 'organizationId required');
    await managed(context, id, organizationId);
    const scopes = (await requestedScopes(reading, id)).filter(
      (scope) => scope.organizationId === organizationId,
    );
    const stopped = answeredScopes(
      'taken back',
      scopes,
      scopes.map(({ studyId, system, code }) => ({
        ...{ studyId, codingSystem: system, codingCode: code, consented: undefined },
      })),
    );
    const recordedBy = context.get('identity').user.id;
    await changeConsents(deps, id, eventsOf(stopped, { patientId: id, recordedBy }));
    await removeFromOrganization(sql, id, organizationId);
    return context.body(null, 204);
  });

  const add = route('member', {
    ...{ method: 'patch', path: `${path}/global_add_organization`, tags },
    summary: 'Make a patient of one of your organizations a patient of another of them',
    request,
    responses: { 200: patient, ...refused },
  });
  routes.openapi(add, async (context) => {
    const { id } = context.req.valid('param');
    const { organizationId } = camelQuery(context.req.valid('query'));
    const identity = context.get('identity');
    if (organizationId === undefined) throw new Problem(400, 'organizationId required');
    const found = await findPatient(sql, id);
    if (found === undefined) throw notFound('Patient');
    const isKnown = identity.user.isSuperuser || mayReadPatient(identity, found);
    if (!isKnown || !hasRole(identity, [organizationId], 'member')) throw notAllowed();
    if ((await findOrganization(reading, organizationId, identity.user.id)) === undefined)
      throw notFound('Organization');
    if (!(await addToOrganization(sql, id, organizationId)))
      throw new Problem(400, 'The patient is in this organization already.');
    return context.json(await recordOf(id), 200);
  });
  return routes;

  async function managed(context: Context<ApiEnv>, id: number, organizationId: number | undefined) {
    const found = await findPatient(sql, id);
    if (found === undefined) throw notFound('Patient');
    const identity = context.get('identity');
    const inNameOf = organizationId ?? (identity.user.isSuperuser ? found.organizationIds[0] : undefined);
    if (inNameOf === undefined || !mayManagePatient(identity, found, inNameOf)) throw notAllowed();
  }

  async function recordOf(id: number) {
    const record = await patientRecord(reading, id);
    if (record === undefined) throw notFound('Patient');
    return record;
  }
}

function unlessConflict(answer: number | PatientConflict): number {
  if (typeof answer === 'number') return answer;
  if (answer === 'identifier taken')
    throw new Problem(400, 'The external identifier is already in use by another patient.');
  throw new Problem(400, 'This patient conflicts with an account that is there already.');
}
