import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Identity } from '../auth/policies.js';
import type { ClientAddress } from '../client-address.js';
import type { AuditSubjects } from '../db/audit-events.js';
import { isDatabaseLost } from '../db/lost.js';
import { NamedError } from '../errors.js';
import { decisionOf, subjectsOfPath } from './decided.js';
import { AuditedRequest } from './request.js';
import type { AuditTrail } from './trail.js';

const requests = new WeakMap<Context, AuditedRequest>();

/**
 * Around every route: what was decided to be recorded is, before a byte of the answer leaves. An answer that cannot be
 * recorded is thrown away, and the error `NotRecorded` takes its place.
 */
export function auditRequests(
  trail: AuditTrail,
  clientAddress: ClientAddress,
): MiddlewareHandler<{ Variables: { requestId: string } }> {
  return async (context, next) => {
    const pattern = patternOf(context);
    const request = new AuditedRequest(trail, {
      decision: decisionOf(context.req.method, pattern),
      route: `${context.req.method} ${pattern}`,
      subjects: subjectsOfPath(pattern, context.req.path),
      requestId: context.get('requestId'),
      address: clientAddress(context),
    });
    requests.set(context, request);
    await next();
    try {
      await request.ends(context.res.status);
    } catch (thrown) {
      await context.res.body?.cancel();
      context.res = undefined;
      throw notRecorded(thrown);
    }
  };
}

/** Tells whom the answer to a request is about; a list without anybody is told as well. */
export function concerns(context: Context, subjects: AuditSubjects): void {
  requests.get(context)?.concerns(subjects);
}

/** Tells who asks, as far as a session or a token proves it. */
export function isBy(context: Context, { id, kind, patientId }: AskingAccount): void {
  requests.get(context)?.isBy({ kind, userId: id }, patientId);
}

type AskingAccount = Pick<Identity['user'], 'id' | 'kind' | 'patientId'>;

/** Records a change, or somebody's way in, before it happens; to be awaited when it is allowed and not begun. */
export async function begins(context: Context, subjects?: AuditSubjects): Promise<void> {
  if (subjects !== undefined) concerns(context, subjects);
  await requests
    .get(context)
    ?.begins()
    .catch((thrown: unknown) => {
      throw notRecorded(thrown);
    });
}

/** What is thrown instead of an answer that could not be recorded. */
export class NotRecorded extends NamedError {
  constructor(cause: unknown) {
    super('NotRecorded', 'what cannot be recorded is not answered', { cause });
  }
}

/** A connection that was lost is told as such: what only reads is then asked for once more. */
function notRecorded(thrown: unknown): unknown {
  return isDatabaseLost(thrown) ? thrown : new NotRecorded(thrown);
}

/** The pattern of the route that is asked for: the first of its method, past the middleware of all methods. */
function patternOf(context: Context): string {
  const method = context.req.method === 'HEAD' ? 'GET' : context.req.method;
  return matchedRoutes(context).find((route) => route.method === method)?.path ?? '';
}
