import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { concerns } from '../../audit/requests.js';
import { readerOf } from '../../auth/reader.js';
import {
  countReadable,
  type ObservationRow,
  positionOf,
  type Read,
  readObservations,
  type ReadOrder,
} from '../../db/readable-observations.js';
import { renderSearchset } from '../../fhir/bundle.js';
import { renderObservation } from '../../fhir/observation.js';
import { renderObservationR4 } from '../../fhir/r4/observation.js';
import { readPlaceInTime } from '../../fhir/place.js';
import { idOf } from '../../fhir/tokens.js';
import { declareRoutes } from '../declared-routes.js';
import type { ApiEnv, ServerDeps } from '../env.js';
import { notFound } from '../problems.js';
import { apiRoutes } from '../routes.js';
import { resource } from './answers.js';
import { ownAddress, pageOf, type Start } from './links.js';
import { type Codes, filterOf, orderOf } from './observation-query.js';
import { countOf, observationParameters, type ObservationQuery } from './parameters.js';
import { fhirErrors, inFhir, observationBody, searchsetBody } from './schemas.js';
import { searchesOf } from './search.js';

/** Beyond it counting takes longer than a page; `_total=accurate` and `_summary=count` count on. */
const COUNTED = 100_000;

interface Release {
  readonly base: '/FHIR/R5' | '/FHIR/R4';
  readonly tag: string;
  readonly codes: Codes;
  readonly render: (row: ObservationRow) => object;
}

const idParameter = z.object({
  id: z.string().openapi({ param: { in: 'path', name: 'id' }, example: '60001' }),
});

/** Search and read of observations: the same rows in both releases of FHIR. */
function observationRoutes({ sql, reading, config }: ServerDeps, release: Release): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const path = `${release.base}/Observation`;
  const summary = 'Observations that consents cover at this moment, newest measurement first';
  for (const asking of searchesOf(path, summary, observationParameters)) {
    const search = route('any account', {
      ...asking,
      tags: [release.tag],
      responses: {
        200: inFhir('a page of them, with links to those around it', searchsetBody),
        ...fhirErrors,
      },
    });
    routes.openapi(search, async (context) => searched(context, context.req.valid('query')));
  }

  const read = route('any account', {
    method: 'get',
    path: `${path}/{id}`,
    tags: [release.tag],
    summary: 'One observation, also one that was entered in error',
    request: { params: idParameter },
    responses: { 200: inFhir('the observation', observationBody), ...fhirErrors },
  });
  routes.openapi(read, async (context) => {
    const ids = [idOf('id', context.req.valid('param').id)];
    const statuses = ['final', 'amended', 'entered-in-error'];
    const [row] = await readObservations(reading, readerOf(context.get('identity')), {
      ids,
      statuses,
      limit: 1,
    });
    if (row === undefined) throw notFound('Observation');
    concerns(context, { patients: [row.patientId] });
    return resource(context, release.render(row));
  });
  return routes;

  async function searched(context: Context<ApiEnv>, query: ObservationQuery) {
    const identity = context.get('identity');
    const reader = readerOf(identity);
    const filter = await filterOf(sql, identity, query, release.codes);
    const self = ownAddress(context, config.SITE_URL);
    const empty = { resources: [], total: 0, self: self.href };
    concerns(context, {});
    if (filter === undefined) return resource(context, renderSearchset(empty));
    const atMost = query._total === 'accurate' ? undefined : COUNTED;
    if (query._summary === 'count') {
      return resource(
        context,
        renderSearchset({ ...empty, total: await countReadable(reading, reader, filter) }),
      );
    }
    const start = { place: readPlaceInTime(query._page), count: countOf(query) };
    const [rows, total] = await Promise.all([
      readObservations(reading, reader, { ...filter, ...readFrom(start, orderOf(query)) }),
      start.place === undefined && query._total !== 'none'
        ? countReadable(reading, reader, filter, atMost)
        : (start.place?.total ?? null),
    ]);
    const page = pageOf(rows, start, self, (row) => {
      const { time: key, id } = positionOf(row, orderOf(query));
      return { key, id, total };
    });
    concerns(context, { patients: page.rows.map((row) => row.patientId) });
    const found = { ...page, resources: page.rows.map(release.render), total, self: self.href };
    return resource(context, renderSearchset(found));
  }
}

/** What is read for a page: one row more than it has, and before a row in reverse. */
function readFrom({ place, count }: Start, order: ReadOrder): Pick<Read, 'order' | 'limit' | 'after'> {
  const limit = count + 1;
  if (place === undefined) return { order, limit };
  const reverse = order.direction === 'newest first' ? 'oldest first' : 'newest first';
  const direction = place.isBefore ? reverse : order.direction;
  return { order: { ...order, direction }, limit, after: { time: place.key, id: place.id } };
}

export const observationRoutesR5 = (deps: ServerDeps) =>
  observationRoutes(deps, {
    base: '/FHIR/R5',
    tag: 'FHIR R5',
    codes: 'of Open mHealth',
    render: renderObservation,
  });

export const observationRoutesR4 = (deps: ServerDeps) =>
  observationRoutes(deps, {
    base: '/FHIR/R4',
    tag: 'FHIR R4',
    codes: 'native too',
    render: renderObservationR4,
  });
