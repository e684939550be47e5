import type { LookupFunction } from 'node:net';
import { Pool, errors, type Dispatcher } from 'undici';
import { z } from 'zod';
import { OpenWearablesFailure } from './failures.js';
import { Pace } from './pace.js';

export interface HttpOptions {
  readonly url: string;
  readonly apiKey: string;
  /** How long an answer may take, and each pause within it; 30 s when left out. */
  readonly timeoutMs?: number;
  /** How often all calls together may ask; 40 when left out, about what one Open Wearables can answer. */
  readonly requestsPerSecond?: number;
  /** How many calls may wait for their answers together; 4 when left out. */
  readonly requestsAtOnce?: number;
  /** Resolves the host, and may refuse what it leads to; the system's own when left out. */
  readonly lookup?: LookupFunction;
  readonly onFailure: (failure: OpenWearablesFailure, operation: string) => void;
  /** Hears of each answer, whatever its status, with the time from the request to its last byte. */
  readonly onAnswer?: (answer: { operation: string; status: number; ms: number }) => void;
  /** Does the work of a request, and hears of its answer. */
  readonly around?: <Result>(
    operation: string,
    work: (say: (facts: { readonly 'http.response.status_code': number }) => void) => Promise<Result>,
  ) => Promise<Result>;
}

export interface Call {
  readonly operation: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | readonly string[]>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const ANSWER_LIMIT_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const REQUESTS_PER_SECOND = 40;
const REQUESTS_AT_ONCE = 4;
const LONGEST_REST_SECONDS = 900;
/** Only these two texts of a 401 mean that our key is refused. */
const KEY_TEXTS = ['Invalid or missing API key', 'Authentication required: provide JWT token or API key'];

/** The HTTP side of Open Wearables: one small pool, one pace, the key header, limits, and failures with a name. */
export class OpenWearablesHttp {
  readonly #pool: Pool;
  readonly #pace: Pace;
  readonly #base: string;
  readonly #timeoutMs: number;

  constructor(private readonly options: HttpOptions) {
    const url = new URL(options.url);
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#pace = new Pace(options.requestsPerSecond ?? REQUESTS_PER_SECOND);
    this.#base = url.pathname.replace(/\/$/, '');
    // The server closes idle connections after 5 s; ours go first, so that no request meets a closing socket.
    this.#pool = new Pool(url.origin, {
      connections: options.requestsAtOnce ?? REQUESTS_AT_ONCE,
      pipelining: 1,
      keepAliveTimeout: 3_000,
      keepAliveMaxTimeout: 3_500,
      connect: { timeout: 10_000, ...(options.lookup && { lookup: options.lookup }) },
      headersTimeout: this.#timeoutMs,
      bodyTimeout: this.#timeoutMs,
      maxResponseSize: ANSWER_LIMIT_BYTES,
    });
  }

  /** A call whose answer must be 2xx JSON of this shape. */
  async json<Shape>(call: Call, shape: z.ZodType<Shape>): Promise<Shape> {
    const { text, headers } = await this.ok(call);
    const isJson = String(headers['content-type']).includes('json');
    const parsed = shape.safeParse(isJson ? parseJson(text) : undefined);
    if (parsed.success) return parsed.data;
    throw this.fail(call, new OpenWearablesFailure('Unreadable'));
  }

  /** A call whose answer must be 2xx, or one of the statuses that the caller can read. */
  async ok(call: Call, alsoFine: readonly number[] = []): Promise<Answer> {
    const answer = await this.raw(call);
    if ((answer.status >= 200 && answer.status < 300) || alsoFine.includes(answer.status)) return answer;
    throw this.fail(call, failureOf(answer));
  }

  /** A call whose answer may have any status; redirects are never followed. */
  async raw(call: Call): Promise<Answer> {
    const { around } = this.options;
    if (around === undefined) return this.#ask(call);
    return around(call.operation, async (say) => {
      const answer = await this.#ask(call);
      say({ 'http.response.status_code': answer.status });
      return answer;
    });
  }

  async #ask(call: Call): Promise<Answer> {
    let response: Dispatcher.ResponseData | undefined;
    try {
      await this.#pace.turn(this.#timeoutMs / 2, call.signal);
      const asked = performance.now();
      response = await this.#pool.request(this.#request(call));
      const { statusCode: status, headers } = response;
      const rest = restOf(status, headers);
      if (rest !== undefined) this.#pace.rest(rest);
      const text = await response.body.text();
      const { operation } = call;
      this.options.onAnswer?.({ operation, status, ms: performance.now() - asked });
      return { status, headers, text };
    } catch (thrown) {
      if (call.signal?.aborted) throw thrown;
      throw this.fail(call, failureOfThrown(thrown, response !== undefined));
    }
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  #request(call: Call): Dispatcher.RequestOptions {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(call.query ?? {})) {
      for (const item of Array.isArray(value) ? value : [value]) query.append(name, String(item));
    }
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    return {
      method: call.method ?? 'GET',
      path: `${this.#base}${call.path}${query.size > 0 ? `?${query.toString()}` : ''}`,
      headers: {
        accept: 'application/json',
        'x-open-wearables-api-key': this.options.apiKey,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
    };
  }

  /** A failure of this call, told as such. */
  fail(call: Call, failure: OpenWearablesFailure): OpenWearablesFailure {
    this.options.onFailure(failure, call.operation);
    return failure;
  }
}

function failureOf({ status, headers, text }: Answer): OpenWearablesFailure {
  if (status === 401) {
    const detail = z.object({ detail: z.string() }).safeParse(parseJson(text));
    return new OpenWearablesFailure(
      KEY_TEXTS.includes(detail.data?.detail ?? '') ? 'KeyRejected' : 'NotAuthorized',
      { status },
    );
  }
  if (status === 404) return new OpenWearablesFailure('NotFound', { status });
  const rest = restOf(status, headers);
  const details = { status, ...(rest === undefined ? {} : { retryAfterMs: rest }) };
  if (status === 429) return new OpenWearablesFailure('RateLimited', details);
  return new OpenWearablesFailure(status >= 500 ? 'ServerError' : 'BadRequest', details);
}

/**
 * How long an answer asks everybody to wait, in milliseconds. Retry-After is a number of seconds or a date; a date is
 * read on the clock of the answer, since ours may be wrong.
 */
function restOf(status: number, headers: Answer['headers']): number | undefined {
  const asked = headers['retry-after'];
  if ((status !== 429 && status !== 503) || typeof asked !== 'string') return undefined;
  const isDate = /^[A-Z][a-z]{2}, /.test(asked);
  const answeredAt = Date.parse(String(headers['date'])) || Date.now();
  const seconds = isDate ? (Date.parse(asked) - answeredAt) / 1000 : Number(asked);
  return seconds > 0 ? Math.min(seconds, LONGEST_REST_SECONDS) * 1000 : undefined;
}

/** `hasBegun`: an answer was on its way when it broke off. */
function failureOfThrown(thrown: unknown, hasBegun: boolean): OpenWearablesFailure {
  if (thrown instanceof OpenWearablesFailure) return thrown;
  const timedOut =
    thrown instanceof errors.HeadersTimeoutError ||
    thrown instanceof errors.BodyTimeoutError ||
    thrown instanceof errors.ConnectTimeoutError ||
    (thrown instanceof Error && thrown.name === 'TimeoutError');
  if (timedOut) return new OpenWearablesFailure('TimedOut', {}, { cause: thrown });
  return new OpenWearablesFailure(hasBegun ? 'Unreadable' : 'Unreachable', {}, { cause: thrown });
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
