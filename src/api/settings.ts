import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { NamedError } from '../errors.js';
import { definitions, isSettingKey, type SettingKey, settingKeys } from '../settings.js';
import { camelQuery, eitherCase } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { envelope, envelopeOf, pageRequest, SHORT_LIST, shortListQuery } from './paging.js';
import { notFound, Problem } from './problems.js';
import { apiRoutes, text } from './routes.js';
import * as shapes from './shapes.js';

const tags = ['settings'];
const path = '/api/v1/jhe_settings';
/** The place of a setting in the registry. */
const params = shapes.pathId(1);
const KNOWN_OTHERWISE = ['site.url', 'ow.sync_in_progress'] as const;
const NOT_WRITTEN = 'This setting is read, not written.';
const valueType = z.enum(['string', 'int', 'bool', 'float', 'json']);
const setting = z
  .object({
    id: z.int(),
    key: z.string(),
    valueType,
    resolvedValue: z
      .union([z.string(), z.number(), z.boolean()])
      .nullable()
      .openapi({ description: 'null: secret' }),
    lastUpdated: shapes.moment.nullable().openapi({ description: 'null: the default holds' }),
  })
  .openapi('Setting');
const value = z.union([text(10_000), z.number(), z.boolean()]);
const one = shapes.json('the setting', setting);
const refused = { 400: shapes.problem('refused input'), 404: shapes.problem('unknown setting') };

/**
 * The settings of the service under the names of the original; their list is ours, so none is added or renamed. Behind
 * them stands what the original keeps as settings and we know otherwise: it is read, not written.
 */
export function settingRoutes({ sql, config, settings, orchestration }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const route = declareRoutes(sql);

  const all = route('superuser', {
    ...{ method: 'get', path, tags, summary: 'All settings, as they are in force' },
    request: { query: shortListQuery({}) },
    responses: { 200: shapes.json('settings', envelopeOf(setting)) },
  });
  routes.openapi(all, async (context) => {
    const request = pageRequest(camelQuery(context.req.valid('query')), SHORT_LIST);
    const results = (await inForce()).slice(request.offset, request.offset + request.limit);
    const page = { count: settingKeys.length + KNOWN_OTHERWISE.length, results };
    return context.json(envelope(page, request, config.SITE_URL, context.req.url), 200);
  });

  const read = route('superuser', {
    ...{ method: 'get', path: `${path}/{id}`, tags, summary: 'One setting, as it is in force' },
    request: { params },
    responses: { 200: one, 404: refused[404] },
  });
  routes.openapi(read, async (context) =>
    context.json(await told(({ id }) => id === context.req.valid('param').id), 200),
  );

  const create = route('superuser', {
    ...{ method: 'post', path, tags, summary: 'Set a setting that has its default' },
    request: {
      body: shapes.jsonBody(eitherCase({ key: text(200), valueType: valueType.optional(), value })),
    },
    responses: { 201: one, 400: refused[400] },
  });
  routes.openapi(create, async (context) => {
    const body = context.req.valid('json');
    if (KNOWN_OTHERWISE.some((key) => key === body.key)) throw refusal('key', NOT_WRITTEN);
    if (!isSettingKey(body.key)) throw refusal('key', 'There is no setting of this name.');
    if ((await settings.stored()).has(body.key))
      throw refusal('key', 'jhe setting with this key already exists.');
    await write(body.key, body, context.get('identity').user.id);
    return context.json(await told(({ key }) => key === body.key), 201);
  });

  for (const method of ['put', 'patch'] as const) {
    const change = route('superuser', {
      ...{ method, path: `${path}/{id}`, tags, summary: 'Change a setting' },
      request: { params, body: shapes.jsonBody(eitherCase({ valueType: valueType.optional(), value })) },
      responses: { 200: one, ...refused },
    });
    routes.openapi(change, async (context) => {
      const key = keyAt(context.req.valid('param').id);
      await write(key, context.req.valid('json'), context.get('identity').user.id);
      return context.json(await told((each) => each.key === key), 200);
    });
  }

  const remove = route('superuser', {
    ...{ method: 'delete', path: `${path}/{id}`, tags, summary: 'Let the default of a setting hold again' },
    request: { params },
    responses: { 204: { description: 'the default holds' }, 404: refused[404] },
  });
  routes.openapi(remove, async (context) => {
    const isThere = await settings.unset(
      keyAt(context.req.valid('param').id),
      context.get('identity').user.id,
    );
    if (!isThere) throw notFound('setting');
    return context.body(null, 204);
  });
  return routes;

  async function inForce(): Promise<z.infer<typeof setting>[]> {
    const [values, stored, pollSince] = await Promise.all([
      settings.read(),
      settings.stored(),
      orchestration.pollRunningSince().catch(() => undefined),
    ]);
    const otherwise = { 'site.url': config.SITE_URL, 'ow.sync_in_progress': pollSince?.toISOString() ?? '' };
    const written = settingKeys.map((key) => ({
      ...{ key, valueType: typeOf(key), resolvedValue: definitions[key].secret ? null : values[key] },
      lastUpdated: stored.get(key)?.toISOString() ?? null,
    }));
    const known = KNOWN_OTHERWISE.map((key) => ({
      ...{ key, valueType: 'string' as const, resolvedValue: otherwise[key], lastUpdated: null },
    }));
    return [...written, ...known].map((each, index) => ({ id: index + 1, ...each }));
  }

  async function told(isIt: (entry: z.infer<typeof setting>) => boolean): Promise<z.infer<typeof setting>> {
    const found = (await inForce()).find(isIt);
    if (found === undefined) throw notFound('setting');
    return found;
  }

  async function write(
    key: SettingKey,
    given: {
      readonly valueType?: z.infer<typeof valueType> | undefined;
      readonly value: z.infer<typeof value>;
    },
    by: number,
  ): Promise<void> {
    if (given.valueType !== undefined && given.valueType !== typeOf(key))
      throw refusal('valueType', `This setting is of type ${typeOf(key)}.`);
    try {
      await settings.write(key, String(given.value), by);
    } catch (thrown) {
      if (!(thrown instanceof NamedError && thrown.name === 'SettingInvalid')) throw thrown;
      throw refusal('value', 'The value does not fit this setting.');
    }
  }
}

function keyAt(id: number): SettingKey {
  const key = settingKeys[id - 1];
  if (KNOWN_OTHERWISE[id - 1 - settingKeys.length] !== undefined) throw refusal('key', NOT_WRITTEN);
  if (key === undefined) throw notFound('setting');
  return key;
}

function typeOf(key: SettingKey): z.infer<typeof valueType> {
  const { fallback } = definitions[key];
  if (typeof fallback === 'boolean') return 'bool';
  return typeof fallback === 'number' ? 'int' : 'string';
}

function refusal(field: string, message: string): Problem {
  return new Problem(400, `${field}: ${message}`, { [field]: [message] });
}
