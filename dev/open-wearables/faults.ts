import { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';

export interface RequestMatch {
  /** Upper case; any method when left out. */
  readonly method?: string;
  /** Tested against the path without the query. */
  readonly path: RegExp;
}

/** What a matching request gets instead of the true answer. */
export interface FaultyAnswer {
  readonly status: number;
  readonly body?: string;
  /** `application/json` when left out. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Waits before it answers: a stall. */
  readonly delayMs?: number;
  /** Cuts the connection: at once, or after the first part of an answer when there is a body. */
  readonly reset?: true;
}

interface Planned {
  readonly match: RequestMatch;
  readonly answer: FaultyAnswer;
  left: number;
}

/** Answers planned ahead for requests to come. */
export class Faults {
  private planned: Planned[] = [];

  /** The next `times` requests that match get this answer; earlier plans go first. */
  failNext(match: RequestMatch, answer: FaultyAnswer, times = 1): void {
    this.planned.push({ match, answer, left: times });
  }

  clear(): void {
    this.planned = [];
  }

  take(method: string, path: string): FaultyAnswer | undefined {
    const plan = this.planned.find(({ match }) => {
      match.path.lastIndex = 0;
      return (match.method ?? method).toUpperCase() === method && match.path.test(path);
    });
    if (!plan) return undefined;
    plan.left -= 1;
    if (plan.left <= 0) this.planned = this.planned.filter((other) => other !== plan);
    return plan.answer;
  }
}

/** Cuts the socket; with a body, after headers that promise more than is sent. */
function cut(env: unknown, answer: FaultyAnswer): Response {
  const { body } = answer;
  const outgoing = typeof env === 'object' && env && 'outgoing' in env ? env.outgoing : undefined;
  if (!(outgoing instanceof ServerResponse)) throw new TypeError('no connection to cut');
  if (body === undefined) {
    outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  const length = String(Buffer.byteLength(body) + 1024);
  const type = answer.contentType ?? 'application/json';
  outgoing.writeHead(answer.status, { ...answer.headers, 'content-type': type, 'content-length': length });
  outgoing.write(body, () => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}

async function give(context: Context, answer: FaultyAnswer, closing: AbortSignal) {
  if (answer.delayMs !== undefined) {
    const gone = AbortSignal.any([closing, context.req.raw.signal]);
    await wait(answer.delayMs, undefined, { signal: gone }).catch(() => undefined);
  }
  if (answer.reset) return cut(context.env, answer);
  const type = answer.contentType ?? 'application/json';
  return new Response(answer.body ?? '', {
    status: answer.status,
    headers: { ...answer.headers, 'content-type': type },
  });
}

/** Gives planned answers before anything else looks at a request. */
export function faulty(faults: Faults, closing: AbortSignal): MiddlewareHandler {
  return async (context, next) => {
    const answer = faults.take(context.req.method, context.req.path);
    if (answer) return give(context, answer, closing);
    await next();
    return undefined;
  };
}
