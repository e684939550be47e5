import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { readerOf } from '../../auth/reader.js';
import {
  countReadable,
  type ObservationRow,
  positionOf,
  readObservations,
} from '../../db/readable-observations.js';
import { renderSearchset } from '../../fhir/bundle.js';
import { renderObservation } from '../../fhir/observation.js';
import { renderObservationR4 } from '../../fhir/r4/observation.js';
import { readPlaceInTime, writePlace } from '../../fhir/place.js';
import { idOf } from '../../fhir/tokens.js';
import { declareRoutes } from '../declared-routes.js';
import type { ApiEnv, ServerDeps } from '../env.js';
import { notFound } from '../problems.js';
import { apiRoutes } from '../routes.js';
import { resource } from './answers.js';
import { linkTo, ownAddress } from './links.js';
import { type Codes, filterOf, orderOf } from './observation-query.js';
import { countOf, observationParameters, type ObservationQuery } from './parameters.js';
import { fhirErrors, inFhir, observationBody, searchsetBody } from './schemas.js';

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
function observationRoutes({ sql, config }: ServerDeps, release: Release): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);
  const path = `${release.base}/Observation`;
  const search = route('any account', {
    method: 'get',
    path,
    tags: [release.tag],
    summary: 'Observations that consents cover at this moment, newest measurement first',
    request: { query: observationParameters },
    responses: { 200: inFhir('a page of them, with a link to the next', searchsetBody), ...fhirErrors },
  });
  routes.openapi(search, async (context) => searched(context, context.req.valid('query')));

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
    const [row] = await readObservations(sql, readerOf(context.get('identity')), { ids, statuses, limit: 1 });
    if (row === undefined) throw notFound('Observation');
    return resource(context, release.render(row));
  });
  return routes;

  async function searched(context: Context<ApiEnv>, query: ObservationQuery) {
    const identity = context.get('identity');
    const reader = readerOf(identity);
    const filter = await filterOf(sql, identity, query, release.codes);
    const self = ownAddress(context, config.SITE_URL);
    const empty = { resources: [], total: 0, self: self.href };
    if (filter === undefined) return resource(context, renderSearchset(empty));
    const atMost = query._total === 'accurate' ? undefined : COUNTED;
    if (query._summary === 'count') {
      return resource(
        context,
        renderSearchset({ ...empty, total: await countReadable(sql, reader, filter) }),
      );
    }
    const [place, count, order] = [readPlaceInTime(query._page), countOf(query), orderOf(query)];
    const after = place === undefined ? {} : { after: { time: place.key, id: place.id } };
    const [rows, total] = await Promise.all([
      readObservations(sql, reader, { ...filter, ...after, order, limit: count + 1 }),
      place === undefined && query._total !== 'none'
        ? countReadable(sql, reader, filter, atMost)
        : (place?.total ?? null),
    ]);
    const page = rows.slice(0, count);
    const last = page.at(-1);
    const hasMore = last !== undefined && rows.length > count;
    const next = hasMore
      ? { next: linkTo(self, writePlace({ key: positionOf(last, order).time, id: last.id, total })) }
      : {};
    const found = { resources: page.map(release.render), total, self: self.href };
    return resource(context, renderSearchset({ ...found, ...next }));
  }
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
