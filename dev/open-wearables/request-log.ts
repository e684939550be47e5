import type { MiddlewareHandler } from 'hono';

export interface LoggedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly at: Date;
}

/** A bench may make millions; the oldest half is dropped then. */
const LONGEST = 100_000;

/** The requests so far, oldest first: an array that can be cleared. */
export class RequestLog extends Array<LoggedRequest> {
  clear(): void {
    this.length = 0;
  }

  record(request: LoggedRequest): void {
    if (this.length >= LONGEST) this.splice(0, LONGEST / 2);
    this.push(request);
  }
}

/** Writes down every request, faulty ones too. */
export function logged(log: RequestLog, now: () => Date): MiddlewareHandler {
  return async (context, next) => {
    const { method, path } = context.req;
    log.record({ method, path, query: context.req.queries(), at: now() });
    await next();
  };
}
