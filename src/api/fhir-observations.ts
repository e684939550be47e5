import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { mayReadPatient } from '../auth/policies.js';
import { readerOf } from '../auth/reader.js';
import { countReadable, readObservations } from '../db/readable-observations.js';
import { findPatient } from '../db/patients.js';
import { renderSearchset } from '../fhir/bundle.js';
import { renderObservation } from '../fhir/observation.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { notAllowed, Problem } from './problems.js';
import { apiRoutes, rowId } from './routes.js';

const search = z.object({
  patient: z
    .string()
    .regex(/^(Patient\/)?\d+$/, 'must be a patient id')
    .optional(),
  code: z.string().optional().openapi({ example: 'https://w3id.org/openmhealth|omh:heart-rate:2.0' }),
  _count: z.coerce.number().int().optional(),
  _page: z.coerce.number().pipe(z.int32().min(1)).optional(),
});

const DEFAULT_COUNT = 20;
const MAX_COUNT = 1000;

export function fhirObservationRoutes({ sql, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const list = route('any account', {
    method: 'get',
    path: '/FHIR/R5/Observation',
    tags: ['FHIR R5'],
    summary: "A patient's observations, newest measurement first",
    request: { query: search },
    responses: {
      200: {
        description: 'a searchset Bundle',
        content: { 'application/fhir+json': { schema: z.object({}).loose() } },
      },
      403: { description: 'not your patient' },
    },
  });
  routes.openapi(list, async (context) => {
    const query = context.req.valid('query');
    const patientId = await readablePatient(context.get('identity'), query.patient);
    const codes =
      query.code === undefined
        ? undefined
        : query.code.split(',').map((token) => ({ system: null, code: token.split('|').at(-1) ?? '' }));
    const count = Math.min(
      query._count === undefined || query._count < 1 ? DEFAULT_COUNT : query._count,
      MAX_COUNT,
    );
    const page = query._page ?? 1;
    const reader = readerOf(context.get('identity'));
    const filter = { patientId, ...(codes === undefined ? {} : { codes }) };
    const [rows, total] = await Promise.all([
      readObservations(sql, reader, { ...filter, limit: count, skip: (page - 1) * count }),
      countReadable(sql, reader, filter),
    ]);
    if (rows.length === 0 && page > 1) throw new Problem(404, 'Invalid page.');
    const url = new URL(context.req.url);
    const self = `${config.SITE_URL}${url.pathname}${url.search}`;
    context.header('Content-Type', 'application/fhir+json');
    const bundle = renderSearchset({
      resources: rows.map(renderObservation),
      total: total ?? 0,
      page,
      count,
      self,
    });
    return context.body(JSON.stringify(bundle), 200);
  });
  return routes;

  async function readablePatient(
    identity: ApiEnv['Variables']['identity'],
    asked: string | undefined,
  ): Promise<number> {
    const own = identity.user.patientId;
    if (own !== null) return own;
    if (asked === undefined) throw new Problem(400, 'The search needs a patient.');
    const id = rowId.safeParse(Number(asked.replace('Patient/', '')));
    const patient = id.success ? await findPatient(sql, id.data) : undefined;
    if (patient === undefined || !mayReadPatient(identity, patient)) throw notAllowed();
    return patient.id;
  }
}
