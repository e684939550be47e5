import { type OpenAPIHono, z } from '@hono/zod-openapi';
import OAuth2Server from '@node-oauth/oauth2-server';
import { concerns } from '../../audit/requests.js';
import { idToken } from '../../auth/id-token.js';
import { findUser } from '../../db/users.js';
import { whereThrown } from '../../errors.js';
import { secretBoxOf } from '../../secret-box.js';
import { publicRoute } from '../declared-routes.js';
import type { ApiEnv, ServerDeps } from '../env.js';
import { apiRoutes } from '../routes.js';
import { oauthModel, ownerOf } from './model.js';
import { signingKey } from './signing-key.js';

const ACCESS_SECONDS = 1_209_600;
const REFRESH_SECONDS = 90 * 86_400;
const GRANTS = ['authorization_code', 'refresh_token', 'client_credentials'];

const tokens = z.object({
  access_token: z.string(),
  expires_in: z.int(),
  token_type: z.literal('Bearer'),
  scope: z.string(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
});
const refusal = z.object({ error: z.string(), error_description: z.string().optional() });
const refused = (description: string) => ({
  description,
  content: { 'application/json': { schema: refusal } },
});
const text = z.string().optional();

const exchange = publicRoute({
  method: 'post',
  path: '/o/token/',
  tags: ['OAuth'],
  summary: 'Exchange a code, a refresh token or the credentials of a program for an access token',
  request: {
    headers: z.object({ authorization: text.openapi({ description: 'HTTP Basic, of a program' }) }),
    body: {
      content: {
        'application/x-www-form-urlencoded': {
          schema: z.object({
            grant_type: text.openapi({ example: 'authorization_code' }),
            code: text,
            redirect_uri: text,
            client_id: text.openapi({ example: 'ow-client' }),
            client_secret: text,
            code_verifier: text,
            refresh_token: text,
            scope: text,
          }),
        },
      },
    },
  },
  responses: {
    200: { description: 'issued', content: { 'application/json': { schema: tokens } } },
    400: refused(
      'invalid_grant, invalid_request, invalid_scope, unauthorized_client, unsupported_grant_type',
    ),
    401: refused('invalid_client'),
    500: refused('server_error'),
  },
});

/** The token endpoint, as RFC 6749 and 7636 have it; a refresh token is good once and ends the tokens before it. */
export function tokenRoutes({ sql, config, events, limits, clientAddress }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const box = secretBoxOf(config);
  const server = new OAuth2Server({
    model: oauthModel(sql),
    accessTokenLifetime: ACCESS_SECONDS,
    refreshTokenLifetime: REFRESH_SECONDS,
    requireClientAuthentication: { authorization_code: false, refresh_token: false },
  });

  routes.openapi(exchange, async (context) => {
    context.header('Cache-Control', 'no-store');
    context.header('Pragma', 'no-cache');
    await limits.take('token', clientAddress(context));
    const body = context.req.valid('form');
    const { authorization } = context.req.valid('header');
    if (!GRANTS.includes(body.grant_type ?? ''))
      return context.json({ error: 'unsupported_grant_type' }, 400);
    const request = new OAuth2Server.Request({
      method: 'POST',
      query: {},
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': '1',
        ...(authorization === undefined ? {} : { authorization }),
      },
    });
    try {
      const issued = await server.token(request, new OAuth2Server.Response());
      concerns(context, { account: ownerOf(issued.user).id });
      return context.json(await answerOf(issued), 200);
    } catch (thrown) {
      if (!(thrown instanceof OAuth2Server.OAuthError)) throw thrown;
      return refuse(thrown);
    }

    function refuse({ name, message, code, inner }: OAuth2Server.OAuthError & { inner?: unknown }) {
      if (name === 'invalid_client') {
        context.header('WWW-Authenticate', 'Basic realm="api"');
        return context.json({ error: name }, 401);
      }
      if (code < 500) return context.json({ error: name, error_description: message }, 400);
      events.crashed({
        where: '/o/token/',
        unexpected: whereThrown(inner),
        requestId: context.get('requestId'),
      });
      return context.json({ error: 'server_error', error_description: 'It has been logged.' }, 500);
    }
  });
  return routes;

  async function answerOf(token: OAuth2Server.Token): Promise<z.infer<typeof tokens>> {
    const issued = {
      access_token: token.accessToken,
      expires_in: ACCESS_SECONDS,
      token_type: 'Bearer' as const,
      scope: (token.scope ?? []).join(' '),
    };
    if (token.refreshToken === undefined) return issued;
    const withRefresh = { ...issued, refresh_token: token.refreshToken };
    if (token.scope?.includes('openid') !== true) return withRefresh;
    return { ...withRefresh, id_token: await idTokenOf(token) };
  }

  async function idTokenOf(token: OAuth2Server.Token): Promise<string> {
    const now = new Date();
    const { id, signedInAt = now } = ownerOf(token.user);
    const user = await findUser(sql, id);
    return idToken(await signingKey(sql, box), {
      issuer: `${config.SITE_URL}/o`,
      clientId: token.client.id,
      userId: id,
      email: user?.email ?? '',
      signedInAt,
      accessToken: token.accessToken,
      now,
    });
  }
}
