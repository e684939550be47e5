import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { concerns } from '../../audit/requests.js';
import { readerOf } from '../../auth/reader.js';
import { readObservations } from '../../db/readable-observations.js';
import { renderOutcome } from '../../fhir/bundle.js';
import { renderObservation } from '../../fhir/observation.js';
import { postedObservation, type PostedObservationBody } from '../../fhir/posted.js';
import { Refused } from '../../fhir/refused.js';
import { createPosting, type Posted } from '../../posted-observations.js';
import { declareRoutes } from '../declared-routes.js';
import type { ApiEnv, ServerDeps } from '../env.js';
import { Problem } from '../problems.js';
import { apiRoutes } from '../routes.js';
import { resource } from './answers.js';
import { batchResponseBody, fhirErrors, inFhir, observationBody, postExample } from './schemas.js';

const STATUS_TEXTS = {
  400: '400 Bad Request',
  403: '403 Forbidden',
  409: '409 Conflict',
  422: '422 Unprocessable Entity',
};

const entry = z.object({
  resource: z.object({ resourceType: z.string() }).loose(),
  request: z.object({ method: z.string(), url: z.string() }),
});
const batch = z
  .object({ resourceType: z.literal('Bundle'), type: z.literal('batch'), entry: z.array(entry).min(1) })
  .openapi('Batch');

const body = (schema: z.ZodType, example: object) => ({
  required: true,
  content: { 'application/fhir+json': { schema, example }, 'application/json': { schema, example } },
});

const conflict = inFhir(
  'an observation with this identifier exists',
  fhirErrors[400].content['application/json'].schema,
);

/** Observations from outside: one, or a batch of which each stands for itself. */
export function createRoutes({ sql, reading, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const post = createPosting(sql);

  const create = route('patient or member', {
    method: 'post',
    path: '/FHIR/R5/Observation',
    tags: ['FHIR R5'],
    summary: 'Store an observation that a consent covers, with its Open mHealth data point',
    request: { body: body(postedObservation, postExample) },
    responses: { 201: inFhir('stored', observationBody), 409: conflict, ...fhirErrors },
  });
  routes.openapi(create, async (context) => {
    const ended = await posted(context, context.req.valid('json') as PostedObservationBody);
    if (ended.kind === 'refused') throw new Problem(ended.status, ended.detail);
    context.header('Location', `${config.SITE_URL}/FHIR/R5/Observation/${ended.id}`);
    return resource(context, await stored(context, ended.id), 201);
  });

  for (const path of ['/FHIR/R5', '/FHIR/R5/']) {
    const many = route('patient or member', {
      method: 'post',
      path,
      tags: ['FHIR R5'],
      summary: 'Store a batch of observations; each entry succeeds or fails for itself',
      request: {
        body: body(batch, {
          resourceType: 'Bundle',
          type: 'batch',
          entry: [{ resource: postExample, request: { method: 'POST', url: 'Observation' } }],
        }),
      },
      responses: { 200: inFhir('how each entry ended, in their order', batchResponseBody), ...fhirErrors },
    });
    routes.openapi(many, async (context) => {
      const { entry: entries } = context.req.valid('json') as z.infer<typeof batch>;
      if (entries.some((each) => !hasData(each.resource))) {
        throw new Problem(400, 'resource.valueAttachment.data must be not null.');
      }
      const ended = [];
      for (const each of entries) ended.push(answerTo(await postedEntry(context, each)));
      return resource(context, { resourceType: 'Bundle', type: 'batch-response', entry: ended });
    });
  }
  return routes;

  async function postedEntry(
    context: Context<ApiEnv>,
    { resource: posting, request }: z.infer<typeof entry>,
  ) {
    const { success, data } = postedObservation.safeParse(posting);
    if (!success || request.method !== 'POST' || request.url !== 'Observation') {
      const detail = 'Only Observations are created in a batch.';
      return { kind: 'refused', status: 400, detail } as const;
    }
    return posted(context, data);
  }

  async function posted(context: Context<ApiEnv>, observation: PostedObservationBody): Promise<Posted> {
    try {
      const ended = await post(context.get('identity'), observation);
      if (ended.kind === 'stored') concerns(context, { patients: [ended.patientId] });
      return ended;
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      return { kind: 'refused', status: thrown.status, detail: thrown.message };
    }
  }

  /** What a patient posted is answered in short, as the original does. */
  async function stored(context: Context<ApiEnv>, id: number): Promise<object> {
    const identity = context.get('identity');
    const [row] = await readObservations(reading, readerOf(identity), { ids: [id], limit: 1 });
    if (row === undefined)
      throw new Problem(403, 'The observation is stored; reading it is not allowed any more.');
    const full = renderObservation(row);
    if (identity.user.kind !== 'patient') return full;
    const [coding] = full.code.coding;
    return {
      ...{ resourceType: full.resourceType, id: full.id, status: full.status },
      meta: { lastUpdated: full.meta.lastUpdated },
      subject: { reference: full.subject.reference },
      code: { coding: [{ system: coding?.system, code: coding?.code }] },
    };
  }
}

function hasData(posting: Readonly<Record<string, unknown>>): boolean {
  const attachment = z.object({ valueAttachment: z.object({ data: z.string() }) }).safeParse(posting);
  return attachment.success;
}

function answerTo(ended: Posted) {
  if (ended.kind === 'stored') {
    const created = { resourceType: 'Resource', id: String(ended.id) };
    return { resource: created, response: { status: '201 Created' } };
  }
  return { response: { status: STATUS_TEXTS[ended.status], outcome: renderOutcome(ended.detail) } };
}
