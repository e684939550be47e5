import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { concerns } from '../audit/requests.js';
import { changeConsents } from '../consent-changes.js';
import { requestedScopes } from '../db/consents.js';
import { pageOfPatients } from '../db/patient-records.js';
import { enrolPatients, studyPatients, withdrawPatients } from '../db/study-parts.js';
import { camelQuery, eitherCase } from './casing.js';
import { eventsOf } from './consent-answers.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { envelope, envelopeOf, listQuery, pageRequest } from './paging.js';
import { Problem } from './problems.js';
import { apiRoutes, sentId, sentList } from './routes.js';
import * as shapes from './shapes.js';
import { managedStudy, readableStudy } from './study-access.js';
import { studyInPartShape } from './study-shapes.js';

const tags = ['studies'];
const path = '/api/v1/studies/{id}/patients';
const params = shapes.pathId(30001);
const body = shapes.jsonBody(eitherCase({ patientIds: sentList(z.array(sentId).min(1).max(1000)) }));
const enrolled = z.object({
  id: z.int(),
  study: studyInPartShape,
  patient: shapes.patientRecordShape
    .pick({ id: true, nameFamily: true, nameGiven: true, birthDate: true, telecomPhone: true })
    .extend({ lastUpdated: shapes.moment, jheUser: z.int(), organizations: shapes.list(z.int()) }),
});

/** Who takes part in a study. */
export function studyPatientRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const { sql, reading, config } = deps;
  const routes = apiRoutes();
  const route = declareRoutes(sql);

  const read = route('practitioner', {
    ...{ method: 'get', path, tags, summary: 'Patients of a study' },
    request: { params, query: listQuery({}) },
    responses: { 200: shapes.json('patients by id', envelopeOf(shapes.patientRecordShape)) },
  });
  routes.openapi(read, async (context) => {
    const study = await readableStudy(sql, context.get('identity'), context.req.valid('param').id);
    const request = pageRequest(camelQuery(context.req.valid('query')));
    const filter = { organizationIds: [study.organizationId], studyId: study.id };
    const only = { patientId: undefined, identifierValue: undefined };
    const page = await pageOfPatients(reading, { ...filter, ...only }, request);
    concerns(context, { patients: page.results.map(({ id }) => id) });
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });

  const enrol = route('member', {
    ...{ method: 'post', path, tags, summary: "Enrol patients of the study's organization" },
    request: { params, body },
    responses: {
      201: shapes.json('the enrolments', z.object({ studyPatients: shapes.list(enrolled) })),
      400: shapes.problem('refused input, or none of them can be enrolled'),
    },
  });
  routes.openapi(enrol, async (context) => {
    const { id } = await managedStudy(sql, context.get('identity'), context.req.valid('param').id);
    const { patientIds } = context.req.valid('json');
    concerns(context, { patients: patientIds });
    const isNew = await enrolPatients(sql, id, patientIds);
    if (isNew.length === 0)
      throw new Problem(400, 'They are in the study already, or not patients of its organization.');
    return context.json({ studyPatients: await studyPatients(reading, id, isNew) }, 201);
  });

  const withdraw = route('member', {
    ...{ method: 'delete', path, tags, summary: 'Take patients out of a study: their consents to it stop' },
    request: { params, body },
    responses: { 204: { description: 'out' }, 400: shapes.problem('refused input') },
  });
  routes.openapi(withdraw, async (context) => {
    const { id } = await managedStudy(sql, context.get('identity'), context.req.valid('param').id);
    const { patientIds } = context.req.valid('json');
    concerns(context, { patients: patientIds });
    for (const { patient } of await studyPatients(reading, id, patientIds))
      await stopConsents(id, patient.id, context.get('identity').user.id);
    await withdrawPatients(sql, id, patientIds);
    return context.body(null, 204);
  });
  return routes;

  async function stopConsents(studyId: number, patientId: number, recordedBy: number): Promise<void> {
    const scopes = (await requestedScopes(reading, patientId)).filter((scope) => scope.studyId === studyId);
    const stopped = scopes.map((scope) => ({ scope, consented: undefined }));
    await changeConsents(deps, patientId, eventsOf(stopped, { patientId, recordedBy }));
  }
}
