import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { requireDecisions } from './audit/decided.js';
import { auditRequests, NotRecorded } from './audit/requests.js';
import { createAuditTrail } from './audit/trail.js';
import { policiesOf } from './auth/declared-policies.js';
import type { ApiEnv, ServerDeps } from './api/env.js';
import { refuseOtherMethods } from './api/other-methods.js';
import { outcome } from './api/fhir/answers.js';
import { fhirRoutes } from './api/fhir/routes.js';
import { healthRoutes } from './api/health.js';
import { discoveryRoutes } from './api/oauth/discovery.js';
import { tokenRoutes } from './api/oauth/token.js';
import { webhookRoutes } from './api/open-wearables-webhooks.js';
import { Problem } from './api/problems.js';
import { addSchemaRoutes } from './api/openapi/routes.js';
import { restRoutes } from './api/rest.js';
import { secondAnswers, tellFailure } from './failed-requests.js';
import { Refused } from './fhir/refused.js';
import { withLogContext } from './log-context.js';
import { TooMany } from './rate-limits.js';
import { createRequestId } from './request-id.js';
import { securityHeaders } from './web/security-headers.js';
import { noSuchPage, pageNotRecorded, webRoutes } from './web/routes.js';

const BODY_LIMIT_BYTES = 1024 * 1024;

export type Server = ReturnType<typeof createServer>;

/** All of HTTP: the API, FHIR, the pages, and what is recorded of them. Opens nothing; the caller listens. */
export function createServer(deps: ServerDeps, trail = createAuditTrail(deps.sql)): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>();
  const requestIdOf = createRequestId(deps.config.TRUSTED_PROXIES);
  const secondAnswer = secondAnswers((request, env) => app.fetch(request, env));
  app.use(async (context, next) => {
    await deps.tracing.request(context.req.raw.headers, async (say) => {
      const requestId = requestIdOf(context);
      context.set('requestId', requestId);
      await withLogContext({ requestId, ...deps.tracing.ids() }, next);
      const { method } = context.req;
      const facts = { 'http.request.method': method, 'http.route': routePath(context) };
      say({ ...facts, 'http.response.status_code': context.res.status }, `${method} ${routePath(context)}`);
    });
  });
  app.use(async (context, next) => {
    const started = performance.now();
    await next();
    const second = await secondAnswer(context);
    if (second !== undefined) {
      context.res = undefined;
      context.res = second;
      return;
    }
    context.header('X-Request-Id', context.get('requestId'));
    // A connection that is kept alive would bring the next request to a process that is about to end.
    if (deps.stopping.signal.aborted) context.header('Connection', 'close');
    deps.events.requestServed({
      method: context.req.method,
      // The pattern, not the address: addresses carry tokens.
      route: routePath(context),
      status: context.res.status,
      ms: performance.now() - started,
    });
  });
  app.use(securityHeaders(deps.config.SITE_URL));
  app.use(auditRequests(trail, deps.clientAddress));
  // Before the limit of all others, since a message may be larger; it has its own.
  app.route('/', webhookRoutes(deps));
  app.use(bodyLimit({ maxSize: BODY_LIMIT_BYTES }));
  app.use(async (context, next) => {
    // No text of ours holds it, and Postgres fails on it.
    if (context.req.url.includes('%00')) throw new Problem(400, 'The request could not be read.');
    await next();
  });
  // A client in a browser signs in from its own origin; bearer tokens then work from servers and notebooks only.
  app.use(
    '/o/*',
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'OPTIONS'],
      allowHeaders: ['Authorization', 'Content-Type'],
    }),
  );
  const parts = [tokenRoutes, discoveryRoutes, restRoutes, healthRoutes, fhirRoutes];
  for (const part of parts) app.route('/', part(deps));
  addSchemaRoutes(app, deps.config.SITE_URL);
  app.route('/', webRoutes(deps));
  requireDecisions(app.routes);
  refuseOtherMethods(app);
  policiesOf(app.routes);
  app.notFound(async (context) =>
    context.req.path.startsWith('/ow/') ? noSuchPage(context) : answer(context, 404, 'Not found.'),
  );
  app.onError((error, context) => {
    if (error instanceof Problem) return answer(context, error.status, error.detail, error.more);
    if (error instanceof TooMany) {
      context.header('Retry-After', String(error.retryAfterSeconds));
      return answer(context, 429, 'Too many requests; try again later.');
    }
    if (error instanceof Refused) return answer(context, error.status, error.message);
    if (error instanceof HTTPException && error.status < 500) {
      return answer(context, error.status, 'The request could not be read.');
    }
    if (error instanceof NotRecorded) return notRecorded(error, context);
    tellFailure(deps.events, routePath(context), error, context.get('requestId'));
    return answer(context, 500, 'Something failed on our side; it has been logged.');
  });
  return app;

  /** An answer of its own, not the context's: what that one was to carry, a cookie or a file's name, is left out. */
  async function notRecorded(error: NotRecorded, context: Context<ApiEnv>): Promise<Response> {
    const cause = error.cause instanceof Error ? error.cause : error;
    tellFailure(deps.events, 'audit trail', cause, context.get('requestId'));
    const isPage = /^\/(ow|admin)\//.test(context.req.path);
    const text = isPage
      ? await pageNotRecorded(context)
      : JSON.stringify({ detail: 'Nothing is answered that cannot be recorded.' });
    const type = isPage ? 'text/html; charset=UTF-8' : 'application/json';
    return new Response(text, { status: 503, headers: { 'Content-Type': type } });
  }
}

function answer(
  context: Context<ApiEnv>,
  status: ContentfulStatusCode,
  detail: string,
  more: Problem['more'] = {},
): Response {
  if (context.req.path.startsWith('/FHIR/')) return outcome(context, status, detail);
  return context.json({ ...more, detail }, status);
}
