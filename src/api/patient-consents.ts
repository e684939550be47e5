import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { hasRole, mayReadPatient } from '../auth/policies.js';
import { changeConsents } from '../consent-changes.js';
import { requestedScopes } from '../db/consents.js';
import { redeemedInvitationOf } from '../db/invitations.js';
import { consentRows, studyConsents, type ScopeConsent, type StudyConsents } from '../db/patient-consents.js';
import { patientRecord } from '../db/patient-records.js';
import { findPatient, type Patient } from '../db/patients.js';
import { eitherCase } from './casing.js';
import { answeredScopes, type AnswerKind, eventsOf, type ScopeAnswer } from './consent-answers.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { notAllowed, notFound, Problem } from './problems.js';
import { apiRoutes, sentId } from './routes.js';
import * as shapes from './shapes.js';

const path = '/api/v1/patients/{id}/consents';
const params = shapes.pathId(40001);

const scopeConsent = <Value extends z.ZodType, Time extends z.ZodType>(consented: Value, time: Time) =>
  z.object({ code: shapes.conceptShape, consented, consentedTime: time });
const study = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  organization: shapes.organizationSummary,
  dataSources: shapes.list(shapes.dataSourceShape),
});
const overview = z.object({
  patient: shapes.patientRecordShape,
  consolidatedConsentedScopes: z.array(shapes.conceptShape),
  studiesPendingConsent: z.array(
    study.extend({ pendingScopeConsents: z.array(scopeConsent(z.null(), z.null())) }),
  ),
  studies: z.array(study.extend({ scopeConsents: z.array(scopeConsent(z.boolean(), shapes.moment)) })),
});
const row = z.object({
  id: z.int(),
  studyPatient: z.object({ id: z.int(), study: z.int(), patient: z.int() }),
  scopeCode: shapes.conceptShape,
  consented: z.boolean(),
  consentedTime: shapes.moment,
});
const rows = z.object({ studyScopeConsents: z.array(row) });

const answers = <Consented extends z.ZodType<boolean | undefined>>(consented: Consented) => {
  const scope = { codingSystem: z.string(), codingCode: z.string(), consented };
  const ofStudy = z.object({ studyId: sentId, scopeConsents: z.array(z.object(scope)).max(100) });
  return eitherCase({ studyScopeConsents: z.array(ofStudy).max(100) });
};
const given = { params, body: shapes.jsonBody(answers(z.boolean())) };
const takenBack = { params, body: shapes.jsonBody(answers(z.boolean().optional())) };
const tags = ['consents'];
const unknownPatient = shapes.problem('unknown patient');

/** What a patient agreed to, and what a client records. Each answer is an event of its own; nothing is overwritten. */
export function patientConsentRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const { sql, reading, orchestration } = deps;
  const routes = apiRoutes();
  const route = declareRoutes(sql);

  const read = route('any account', {
    ...{
      method: 'get',
      path,
      tags,
      summary: 'Consents of a patient: what stands, and what is not answered yet',
    },
    request: { params },
    responses: { 200: shapes.json('the consents', overview), 404: unknownPatient },
  });
  routes.openapi(read, async (context) => {
    const patient = await patientOf(context.req.valid('param').id);
    const { user } = context.get('identity');
    if (!mayReadPatient(context.get('identity'), patient)) {
      if (user.kind === 'practitioner') throw notAllowed();
      throw new Problem(403, 'The Patient does not match the current patient user.');
    }
    const record = await patientRecord(reading, patient.id);
    if (record === undefined) throw notFound('Patient');
    return context.json({ patient: record, ...overviewOf(await studyConsents(reading, patient.id)) }, 200);
  });

  const create = route('patient or member', {
    ...{ method: 'post', path, tags, summary: 'Answer scopes for the first time' },
    request: given,
    responses: { 201: shapes.json('the answers', rows), 404: unknownPatient },
  });
  routes.openapi(create, async (context) => {
    const { id } = context.req.valid('param');
    return context.json(await record(context, id, 'new', context.req.valid('json')), 201);
  });

  const change = route('patient or member', {
    ...{ method: 'patch', path, tags, summary: 'Change answers; agreeing no more stops the collection' },
    request: given,
    responses: { 200: shapes.json('the answers', rows), 404: unknownPatient },
  });
  routes.openapi(change, async (context) => {
    const { id } = context.req.valid('param');
    return context.json(await record(context, id, 'changed', context.req.valid('json')), 200);
  });

  const takeBack = route('patient or member', {
    ...{ method: 'delete', path, tags, summary: 'Take agreements back; the events before stay' },
    request: takenBack,
    responses: { 204: { description: 'none of them stands' }, 404: unknownPatient },
  });
  routes.openapi(takeBack, async (context) => {
    await record(context, context.req.valid('param').id, 'taken back', context.req.valid('json'));
    return context.body(null, 204);
  });
  return routes;

  async function record(
    context: Context<ApiEnv>,
    patientId: number,
    kind: AnswerKind,
    body: z.infer<(typeof takenBack)['body']['content']['application/json']['schema']>,
  ): Promise<z.infer<typeof rows>> {
    const patient = await patientOf(patientId);
    const flat: ScopeAnswer[] = body.studyScopeConsents.flatMap(({ studyId, scopeConsents }) =>
      scopeConsents.map(({ codingSystem, codingCode, consented }) => ({
        ...{ studyId, codingSystem, codingCode, consented },
      })),
    );
    const requested = await requestedScopes(reading, patientId);
    requireMayAnswer(context, patient, requested, body.studyScopeConsents);
    const answered = answeredScopes(kind, requested, flat);
    const recordedBy = context.get('identity').user.id;
    await changeConsents(deps, patientId, eventsOf(answered, { patientId, recordedBy }));
    const invitationId = await redeemedInvitationOf(reading, patientId);
    // Should Temporal be away, the consents stand all the same; connecting tells it again.
    if (invitationId !== undefined) await orchestration.consented(invitationId).catch(() => false);
    return {
      studyScopeConsents: await consentRows(
        reading,
        patientId,
        answered.map(({ scope }) => scope),
      ),
    };
  }

  async function patientOf(id: number): Promise<Patient> {
    const patient = await findPatient(sql, id);
    if (patient === undefined) throw notFound('Patient');
    return patient;
  }
}

/** The patient; or members of the organization of each study that is answered. */
function requireMayAnswer(
  context: Context<ApiEnv>,
  patient: Patient,
  requested: readonly { readonly studyId: number; readonly organizationId: number }[],
  answered: readonly { readonly studyId: number }[],
): void {
  const identity = context.get('identity');
  if (identity.user.kind === 'patient') {
    if (identity.user.patientId === patient.id) return;
    throw new Problem(403, 'The Patient does not match the current patient user.');
  }
  const isAllowed = answered.every(({ studyId }) => {
    const study = requested.find((scope) => scope.studyId === studyId);
    return study !== undefined && hasRole(identity, [study.organizationId], 'member');
  });
  if (!isAllowed || !hasRole(identity, patient.organizationIds, 'member'))
    throw new Problem(403, 'Practitioner role is not valid.');
}

function overviewOf(studies: readonly StudyConsents[]) {
  const answered = studies.flatMap(({ answers: all, ...study }) => {
    const scopeConsents = all.flatMap(asAnswered);
    return scopeConsents.length === 0 ? [] : [{ ...study, scopeConsents }];
  });
  const pending = studies.flatMap(({ answers: all, ...study }) => {
    const pendingScopeConsents = all.flatMap(({ code, consented }) =>
      consented === null ? [{ code, consented: null, consentedTime: null }] : [],
    );
    return pendingScopeConsents.length === 0 ? [] : [{ ...study, pendingScopeConsents }];
  });
  const agreed = answered.flatMap(({ scopeConsents }) => scopeConsents.filter(({ consented }) => consented));
  const consolidated = new Map(agreed.map(({ code }) => [code.id, code]));
  return {
    consolidatedConsentedScopes: [...consolidated.values()],
    studiesPendingConsent: pending,
    studies: answered,
  };
}

function asAnswered({ code, consented, consentedTime }: ScopeConsent) {
  return consented === null || consentedTime === null ? [] : [{ code, consented, consentedTime }];
}
