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

/** What requests meet without a plan, by turns: each waits so long, and each so-many-th one fails or is never answered. */
export interface Weather {
  readonly delayMs: number;
  readonly errorEvery: number;
  readonly stallEvery: number;
}

/** Longer than any client waits. */
const STALL_MS = 600_000;

interface Planned {
  readonly match: RequestMatch;
  readonly answer: FaultyAnswer;
  left: number;
}

/** Answers planned ahead for requests to come. */
export class Faults {
  private planned: Planned[] = [];
  private weather: Weather | null = null;
  private met = 0;

  /** The next `times` requests that match get this answer; earlier plans go first. */
  failNext(match: RequestMatch, answer: FaultyAnswer, times = 1): void {
    this.planned.push({ match, answer, left: times });
  }

  /** From now on; null: requests get their true answers at once. */
  setWeather(weather: Weather | null): void {
    this.weather = weather;
    this.met = 0;
  }

  clear(): void {
    this.planned = [];
    this.weather = null;
  }

  /** What the next request without a plan meets; undefined: nothing. Without an answer it goes on after the delay. */
  meet(): { readonly delayMs: number; readonly answer?: FaultyAnswer } | undefined {
    if (this.weather === null) return undefined;
    this.met += 1;
    const { delayMs, errorEvery, stallEvery } = this.weather;
    if (this.met % stallEvery === 0) return { delayMs, answer: { status: 504, delayMs: STALL_MS } };
    if (this.met % errorEvery === 0) return { delayMs, answer: { status: 500, delayMs } };
    return { delayMs };
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
    const met = faults.meet();
    if (met?.answer) return give(context, met.answer, closing);
    if (met) await wait(met.delayMs);
    await next();
    return undefined;
  };
}
