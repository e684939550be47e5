import type { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { lastTold } from '../activities/progress.js';

const EVERY_MS = 5_000;

/**
 * Sends a sign of life while an activity works, however long its upstream or the database takes: so that a heartbeat
 * that stays away for seconds means that the worker is gone, and another one goes on. Each tells the progress again,
 * since the server keeps only the newest.
 */
export class PulseInterceptor implements ActivityInboundCallsInterceptor {
  constructor(private readonly context: Context) {}

  async execute(
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    if (this.context.info.heartbeatTimeoutMs === undefined) return next(input);
    const pulse = setInterval(() => {
      this.context.heartbeat(lastTold(this.context));
    }, EVERY_MS);
    try {
      return await next(input);
    } finally {
      clearInterval(pulse);
    }
  }
}
