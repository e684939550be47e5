import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { begins } from '../audit/requests.js';
import { challengeOf } from '../auth/invitation-code.js';
import { hashToken, newToken, TOKEN_PATTERN } from '../auth/tokens.js';
import { redeemForCode } from '../db/authorization-codes.js';
import { findOffer, type InvitationOffer } from '../db/invitations.js';
import { publicRoute } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { notAuthenticated, Problem } from './problems.js';
import { apiRoutes } from './routes.js';

const CODE_SECONDS = 60;

const grant = z.object({
  grant: z.object({
    grant_type: z.literal('authorization_code'),
    redirect_uri: z.url(),
    client_id: z.string(),
    code: z.string(),
  }),
  token_endpoint: z.url(),
  expires: z.iso.datetime(),
});

/** The token in the address is the proof; it is not looked up anywhere but by its hash. */
const redeem = publicRoute({
  method: 'post',
  path: '/api/v1/invitation/{token}',
  tags: ['invitations'],
  summary: 'Redeem an invitation for an authorization code; the verifier is the base64url of the token',
  request: {
    params: z.object({
      token: z.string().openapi({ example: 'NULgpYyGzyAOsoP3AEcMID3u6pw9mbpVq0ZtXy4hRk1' }),
    }),
  },
  responses: {
    200: {
      description: 'what to send to the token endpoint',
      content: { 'application/json': { schema: grant } },
    },
    401: { description: 'this is no token of an invitation' },
    403: { description: 'cancelled' },
    404: { description: 'unknown' },
    409: { description: 'used, or superseded by a newer one' },
    410: { description: 'expired' },
  },
});

/** How an API client of a patient gets in: an invitation is redeemed once. */
export function redeemRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const { sql, config, settings, orchestration, events, limits, clientAddress } = deps;
  const routes = apiRoutes();
  routes.openapi(redeem, async (context) => {
    const { token } = context.req.valid('param');
    if (!TOKEN_PATTERN.test(token)) throw notAuthenticated();
    await limits.take('redeem', clientAddress(context));
    const offer = await findOffer(sql, hashToken(token));
    // Before a code is there that opens something.
    if (offer !== undefined) await begins(context, { invitations: [offer.id] });
    const code = newToken();
    const redirectUri = `${config.SITE_URL}/auth/callback`;
    const redeemed = await redeemForCode(sql, {
      invitationHash: hashToken(token),
      codeHash: hashToken(code),
      codeChallenge: challengeOf(token),
      redirectUri,
      validSeconds: CODE_SECONDS,
      windowHours: (await settings.read())['auth.patient.invitation_redemption_window_hours'],
    });
    if (redeemed === undefined) {
      events.invitationRefused({ reason: 'not open' });
      throw refusal(await findOffer(sql, hashToken(token)));
    }
    // Should Temporal be away, the client's next step says it again.
    await orchestration.redeemed(redeemed.invitationId).catch(() => false);
    events.invitationRedeemed({ invitationId: redeemed.invitationId, patientId: redeemed.patientId });
    const body = {
      grant: {
        grant_type: 'authorization_code' as const,
        redirect_uri: redirectUri,
        client_id: redeemed.clientId,
        code,
      },
      token_endpoint: `${config.SITE_URL}/o/token/`,
      expires: redeemed.expiresAt.toISOString(),
    };
    context.header('Cache-Control', 'no-store');
    return context.json(body, 200);
  });
  return routes;
}

function refusal(offer: InvitationOffer | undefined): Problem {
  if (offer === undefined) return new Problem(404, 'Invitation not found or already used.');
  if (offer.status === 'cancelled') return new Problem(403, 'Invitation has been cancelled.');
  const isExpired = offer.status === 'expired' || (offer.status === 'issued' && offer.expired);
  if (isExpired) return new Problem(410, 'Invitation has expired.');
  return new Problem(409, 'Invitation has already been used.');
}
