import { AsyncLocalStorage } from 'node:async_hooks';

/** Ids that every log line within some work carries: of the request, or of the run and the activity. */
export type LogContext = Readonly<Record<string, string | number>>;

const contexts = new AsyncLocalStorage<LogContext>();

/** Does this; each line that is logged meanwhile carries the ids, beside those of the work around it. */
export function withLogContext<Result>(ids: LogContext, work: () => Result): Result {
  return contexts.run({ ...contexts.getStore(), ...ids }, work);
}

export function logContext(): LogContext {
  return contexts.getStore() ?? {};
}
