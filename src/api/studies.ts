import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { mayManageStudy } from '../auth/policies.js';
import { attachDataSource, dataSources, findStudy } from '../db/studies.js';
import { eitherCase } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { Problem } from './problems.js';
import { apiRoutes, rowId } from './routes.js';

const idParameter = z.object({
  id: z.coerce
    .number()
    .pipe(rowId)
    .openapi({ param: { in: 'path', name: 'id' }, example: 30001 }),
});

export function studyRoutes({ sql }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);

  const attach = route('member', {
    method: 'post',
    path: '/api/v1/studies/{id}/data_sources',
    tags: ['studies'],
    summary: 'Attach a wearable to a study (members and managers of its organization)',
    request: {
      params: idParameter,
      body: {
        required: true,
        content: { 'application/json': { schema: eitherCase({ dataSourceId: rowId }) } },
      },
    },
    responses: {
      201: { description: 'attached' },
      403: { description: 'not your study' },
      409: { description: 'already attached' },
    },
  });
  routes.openapi(attach, async (context) => {
    const { id } = context.req.valid('param');
    const study = await findStudy(sql, id);
    if (study === undefined || !mayManageStudy(context.get('identity'), study)) {
      throw new Problem(403, 'Current User does not have authorization to access this Study.');
    }
    const { dataSourceId } = context.req.valid('json');
    const known = (await dataSources(sql)).some((source) => source.id === dataSourceId);
    if (!known) throw new Problem(400, 'There is no data source with this id.');
    const attached = await attachDataSource(sql, id, dataSourceId);
    if (!attached) throw new Problem(409, 'The data source is already attached to this study.');
    return context.body(null, 201);
  });
  return routes;
}
