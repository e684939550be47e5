import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { secretBoxOf } from '../../secret-box.js';
import { declareRoutes, publicRoute } from '../declared-routes.js';
import type { ApiEnv, ServerDeps } from '../env.js';
import { apiRoutes } from '../routes.js';
import { SCOPES } from './model.js';
import { signingKey } from './signing-key.js';

const json = <Shape extends z.ZodType>(description: string, schema: Shape) => ({
  description,
  content: { 'application/json': { schema } },
});

const configuration = publicRoute({
  method: 'get',
  path: '/o/.well-known/openid-configuration',
  tags: ['OAuth'],
  summary: 'Where the endpoints of OpenID Connect are, and what they can do',
  responses: { 200: json('the discovery document', z.object({ issuer: z.url() }).loose()) },
});

const publicKeyShape = z.object({
  ...{ kty: z.literal('RSA'), n: z.string(), e: z.string() },
  ...{ use: z.literal('sig'), alg: z.literal('RS256'), kid: z.string() },
});

const jwks = publicRoute({
  method: 'get',
  path: '/o/.well-known/jwks.json',
  tags: ['OAuth'],
  summary: 'The public half of the key that signs id tokens',
  responses: { 200: json('a JSON Web Key Set', z.object({ keys: z.array(publicKeyShape) })) },
});

const authorize = publicRoute({
  method: 'get',
  path: '/o/authorize/',
  tags: ['OAuth'],
  summary: 'Always refused: a code comes from redeeming an invitation',
  responses: {
    400: json('always', z.object({ error: z.string(), error_description: z.string() })),
  },
});

/** Who the token is for, and the documents by which a client finds its way. */
export function discoveryRoutes({ sql, config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  const box = secretBoxOf(config);
  const at = (path: string) => `${config.SITE_URL}/o/${path}`;

  const userinfo = declareRoutes(sql)('any account', {
    method: 'get',
    path: '/o/userinfo/',
    tags: ['OAuth'],
    summary: 'The account that the token acts for',
    responses: { 200: json('the account', z.object({ sub: z.string(), email: z.string() })) },
  });
  routes.openapi(userinfo, (context) => {
    const { user } = context.get('identity');
    return context.json({ sub: String(user.id), email: user.email }, 200);
  });

  routes.openapi(configuration, (context) =>
    context.json(
      {
        issuer: `${config.SITE_URL}/o`,
        authorization_endpoint: at('authorize/'),
        token_endpoint: at('token/'),
        userinfo_endpoint: at('userinfo/'),
        jwks_uri: at('.well-known/jwks.json'),
        scopes_supported: SCOPES,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
        code_challenge_methods_supported: ['S256'],
        claims_supported: ['sub', 'email'],
      },
      200,
    ),
  );

  routes.openapi(jwks, async (context) => {
    const { id, publicKey } = await signingKey(sql, box);
    const key = publicKeyShape.parse({ ...publicKey, use: 'sig', alg: 'RS256', kid: id });
    return context.json({ keys: [key] }, 200);
  });

  routes.openapi(authorize, (context) =>
    context.json(
      { error: 'unsupported_response_type', error_description: 'A code comes from redeeming an invitation.' },
      400,
    ),
  );
  return routes;
}
