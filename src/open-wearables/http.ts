import { Pool, errors, type Dispatcher } from 'undici';
import { z } from 'zod';
import { OpenWearablesFailure } from './failures.js';

export interface HttpOptions {
  readonly url: string;
  readonly apiKey: string;
  /** How long an answer may take, and each pause within it; 30 s when left out. */
  readonly timeoutMs?: number;
  readonly onFailure: (failure: OpenWearablesFailure, operation: string) => void;
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
/** Only these two texts of a 401 mean that our key is refused. */
const KEY_TEXTS = ['Invalid or missing API key', 'Authentication required: provide JWT token or API key'];

/** The HTTP side of Open Wearables: one small pool, the key header, limits, and failures with a name. */
export class OpenWearablesHttp {
  readonly #pool: Pool;
  readonly #base: string;
  readonly #timeoutMs: number;

  constructor(private readonly options: HttpOptions) {
    const url = new URL(options.url);
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#base = url.pathname.replace(/\/$/, '');
    // The server closes idle connections after 5 s; ours go first, so that no request meets a closing socket.
    this.#pool = new Pool(url.origin, {
      connections: 4,
      pipelining: 1,
      keepAliveTimeout: 3_000,
      keepAliveMaxTimeout: 3_500,
      connect: { timeout: 10_000 },
      headersTimeout: this.#timeoutMs,
      bodyTimeout: this.#timeoutMs,
      maxResponseSize: ANSWER_LIMIT_BYTES,
    });
  }

  /** A call whose answer must be 2xx JSON of this shape. */
  async json<Shape>(call: Call, shape: z.ZodType<Shape>): Promise<Shape> {
    const { text } = await this.ok(call);
    const parsed = shape.safeParse(parseJson(text));
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
    try {
      const response = await this.#pool.request(this.#request(call));
      const text = await response.body.text();
      return { status: response.statusCode, headers: response.headers, text };
    } catch (thrown) {
      if (call.signal?.aborted) throw thrown;
      throw this.fail(call, failureOfThrown(thrown));
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

  private fail(call: Call, failure: OpenWearablesFailure): OpenWearablesFailure {
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
  if (status === 429) {
    const seconds = Number(headers['retry-after']);
    const wait =
      Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: Math.min(seconds, 900) * 1000 } : {};
    return new OpenWearablesFailure('RateLimited', { status, ...wait });
  }
  return new OpenWearablesFailure(status >= 500 ? 'ServerError' : 'BadRequest', { status });
}

function failureOfThrown(thrown: unknown): OpenWearablesFailure {
  const timedOut =
    thrown instanceof errors.HeadersTimeoutError ||
    thrown instanceof errors.BodyTimeoutError ||
    thrown instanceof errors.ConnectTimeoutError ||
    (thrown instanceof Error && thrown.name === 'TimeoutError');
  if (timedOut) return new OpenWearablesFailure('TimedOut', {}, { cause: thrown });
  if (thrown instanceof errors.ResponseExceededMaxSizeError) return new OpenWearablesFailure('Unreadable');
  return new OpenWearablesFailure('Unreachable', {}, { cause: thrown });
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
