import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { concerns } from '../audit/requests.js';
import { readerOf } from '../auth/reader.js';
import { allScopes } from '../db/catalog.js';
import { patientNames } from '../db/patient-records.js';
import { countReadable, type ObservationRow, readObservations } from '../db/readable-observations.js';
import { dataPointOf } from '../fhir/observation.js';
import { camelQuery } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { envelope, envelopeOf, listQuery, pageRequest } from './paging.js';
import { apiRoutes, queryId } from './routes.js';
import * as shapes from './shapes.js';

const observation = z
  .object({
    id: z.int(),
    subjectPatientId: z.int(),
    patientNameFamily: z.string(),
    patientNameGiven: z.string(),
    jheUserId: z.int(),
    codeableConceptId: z.int(),
    codingSystem: z.string(),
    codingCode: z.string(),
    codingText: z.string(),
    lastUpdated: shapes.moment,
    omhData: z.object({ header: z.object({}).loose(), body: z.object({}).loose() }),
  })
  .openapi('StoredObservation');

const filters = {
  organizationId: queryId.optional(),
  studyId: queryId.optional(),
  patientId: queryId.optional(),
  observationId: z.coerce.number().pipe(z.int().positive()).optional(),
};

/** So many are counted; beyond, `count` says that there are more, and is exact again on the last page. */
const COUNTED = 100_000;
const NEWEST_CHANGED = { by: 'updated', direction: 'newest first' } as const;

/** Observations as data points, for practitioners: what consents cover at this moment. */
export function observationRoutes({ sql, reading, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();

  const all = declareRoutes(sql)('practitioner', {
    method: 'get',
    path: '/api/v1/observations',
    tags: ['observations'],
    summary: 'Observations, the last changed first; a study filter shows only what this study was granted',
    description:
      'They are counted up to 100,000. A count of 100,001 or more says that there are at least so many.',
    request: { query: listQuery(filters) },
    responses: { 200: shapes.json('observations', envelopeOf(observation)) },
  });
  routes.openapi(all, async (context) => {
    const query = camelQuery(context.req.valid('query'));
    const reader = readerOf(context.get('identity'));
    const { organizationId, studyId, patientId, observationId } = query;
    const filter = {
      ...(organizationId === undefined ? {} : { organizationId }),
      ...(studyId === undefined ? {} : { studyId }),
      ...(patientId === undefined ? {} : { patientId }),
      ...(observationId === undefined ? {} : { ids: [observationId] }),
    };
    const request = pageRequest(query);
    const { limit, offset } = request;
    const counted = await countReadable(reading, reader, filter, COUNTED);
    const read = { ...filter, order: NEWEST_CHANGED, limit: limit + 1, skip: offset };
    const rows = offset < (counted ?? Infinity) ? await readObservations(reading, reader, read) : [];
    const count = counted ?? (rows.length === 0 ? offset : Math.max(COUNTED + 1, offset + rows.length));
    const shown = rows.slice(0, limit);
    concerns(context, { patients: shown.map((row) => row.patientId) });
    const page = { count, results: await told(shown) };
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });
  return routes;

  async function told(rows: readonly ObservationRow[]): Promise<z.infer<typeof observation>[]> {
    const [names, scopes] = await Promise.all([
      patientNames(reading, [...new Set(rows.map(({ patientId }) => patientId))]),
      allScopes(reading),
    ]);
    const idOf = new Map(scopes.map((scope) => [`${scope.codingSystem}|${scope.codingCode}`, scope.id]));
    return rows.map((row) => {
      const { header, body } = dataPointOf(row);
      return {
        id: row.id,
        subjectPatientId: row.patientId,
        patientNameFamily: names.get(row.patientId)?.nameFamily ?? '',
        patientNameGiven: names.get(row.patientId)?.nameGiven ?? '',
        jheUserId: row.userId,
        codeableConceptId: idOf.get(`${row.system}|${row.code}`) ?? 0,
        codingSystem: row.system,
        codingCode: row.code,
        codingText: row.display,
        lastUpdated: row.updatedUtc,
        omhData: { header: { ...header }, body: { ...body } },
      };
    });
  }
}
