import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { concerns } from '../../audit/requests.js';
import { readerOf } from '../../auth/reader.js';
import {
  listDataSources,
  type Listed,
  type ListedName,
  type ListedPatient,
  type Listing,
  listPatients,
  listStudies,
  type PatientFilter,
} from '../../db/directory.js';
import type { Reader } from '../../db/readers.js';
import { renderSearchset } from '../../fhir/bundle.js';
import { askedSpan } from '../../fhir/dates.js';
import { renderDevice, renderGroup, renderPatient } from '../../fhir/directory.js';
import { readPlace } from '../../fhir/place.js';
import { idOf, listOf, tokensOf } from '../../fhir/tokens.js';
import { declareRoutes } from '../declared-routes.js';
import type { ApiEnv, ServerDeps } from '../env.js';
import { notFound } from '../problems.js';
import { apiRoutes } from '../routes.js';
import { resource } from './answers.js';
import { ownAddress, pageOf } from './links.js';
import { countOf, isElsewhere, type PatientQuery, patientParameters } from './parameters.js';
import { deviceBody, fhirErrors, groupBody, inFhir, patientBody, searchsetBody } from './schemas.js';
import { searchesOf } from './search.js';

/** A kind of resource that is listed by name. */
interface Kind<Row extends Listed> {
  readonly type: 'Patient' | 'Group' | 'Device';
  readonly summary: string;
  readonly body: z.ZodType;
  readonly list: (reader: Reader, filter: PatientFilter, listing: Listing) => Promise<Row[]>;
  readonly render: (row: Row) => object;
}

/** Read and search of patients, studies (Group) and data sources (Device), which other routes change. */
export function directoryRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const { reading } = deps;
  const routes = apiRoutes();
  addRoutes<ListedPatient>(routes, deps, {
    type: 'Patient',
    summary: 'Patients of the caller’s organizations, or the calling patient',
    body: patientBody,
    list: (...asked) => listPatients(reading, ...asked),
    render: renderPatient,
  });
  addRoutes<ListedName>(routes, deps, {
    type: 'Group',
    summary: 'Studies of the caller’s organizations, or of the calling patient',
    body: groupBody,
    list: (...asked) => listStudies(reading, ...asked),
    render: renderGroup,
  });
  addRoutes<ListedName>(routes, deps, {
    type: 'Device',
    summary: 'Data sources of the studies that the caller may see',
    body: deviceBody,
    list: (...asked) => listDataSources(reading, ...asked),
    render: renderDevice,
  });
  return routes;
}

function addRoutes<Row extends Listed>(
  routes: OpenAPIHono<ApiEnv>,
  { sql, config }: ServerDeps,
  kind: Kind<Row>,
): void {
  const route = declareRoutes(sql);
  const path = `/FHIR/R5/${kind.type}`;
  for (const asking of searchesOf(path, `${kind.summary}, by name`, patientParameters)) {
    const search = route('any account', {
      ...asking,
      tags: ['FHIR R5'],
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
    tags: ['FHIR R5'],
    summary: `One ${kind.type} that the caller may see`,
    request: {
      params: z.object({ id: z.string().openapi({ param: { in: 'path', name: 'id' }, example: '30001' }) }),
    },
    responses: { 200: inFhir('the resource', kind.body), ...fhirErrors },
  });
  routes.openapi(read, async (context) => {
    const ids = [idOf('id', context.req.valid('param').id)];
    const [row] = await kind.list(readerOf(context.get('identity')), { ids }, { limit: 1 });
    if (row === undefined) throw notFound(kind.type);
    return resource(context, kind.render(row));
  });

  async function searched(context: Context<ApiEnv>, query: PatientQuery) {
    const self = ownAddress(context, config.SITE_URL);
    const empty = { resources: [], total: 0, self: self.href };
    const filter = isElsewhere(query) ? undefined : patientFilterOf(query);
    concerns(context, {});
    if (filter === undefined) return resource(context, renderSearchset(empty));
    const [place, count] = [readPlace(query._page), query._summary === 'count' ? 0 : countOf(query)];
    const from = place === undefined ? {} : { beside: place, isReverse: place.isBefore };
    const rows = await kind.list(readerOf(context.get('identity')), filter, { ...from, limit: count + 1 });
    const total = rows[0]?.total ?? place?.total ?? 0;
    const page = pageOf(rows, { place, count }, self, ({ key, id }) => ({ key, id, total }));
    if (kind.type === 'Patient') concerns(context, { patients: page.rows.map(({ id }) => id) });
    const found = { ...page, resources: page.rows.map(kind.render), total, self: self.href };
    return resource(context, renderSearchset(found));
  }
}

function patientFilterOf(query: PatientQuery): PatientFilter {
  const [token] = query.identifier === undefined ? [] : tokensOf(query.identifier);
  const group = query['_has:Group:member:_id'];
  const { organization, family, given, name, birthdate } = query;
  return {
    ...(query._id === undefined ? {} : { ids: listOf(query._id).map((id) => idOf('_id', id)) }),
    ...(token === undefined ? {} : { identifier: { system: token.system, value: token.code } }),
    ...(group === undefined ? {} : { studyId: idOf('_has:Group:member:_id', group, 'Group') }),
    ...(organization === undefined
      ? {}
      : { organizationId: idOf('organization', organization, 'Organization') }),
    ...(family === undefined ? {} : { family }),
    ...(given === undefined ? {} : { given }),
    ...(name === undefined ? {} : { name }),
    updated: (query._lastUpdated ?? []).map((text) => askedSpan('_lastUpdated', text)),
    born: (birthdate ?? []).map((text) => askedSpan('birthdate', text)),
  };
}
