import { CancelledFailure } from '@temporalio/common';
import type { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import type { ActivityEnd, Events } from '../events.js';
import { withLogContext } from '../log-context.js';
import type { Tracing } from '../tracing.js';

/** Tells how long each attempt of an activity took, and has what it logs carry the ids of its run. */
export class ToldInterceptor implements ActivityInboundCallsInterceptor {
  constructor(
    private readonly context: Context,
    private readonly events: Events,
    private readonly tracing: Pick<Tracing, 'ids'>,
  ) {}

  async execute(
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    const { workflowExecution: run, activityType: activity, attempt } = this.context.info;
    const ofRun = run === undefined ? {} : { workflowId: run.workflowId, runId: run.runId };
    return withLogContext({ ...ofRun, activity, attempt, ...this.tracing.ids() }, async () => {
      const begun = performance.now();
      const ended = (outcome: ActivityEnd) => {
        this.events.activityEnded({ activity, outcome, ms: performance.now() - begun });
      };
      try {
        const result = await next(input);
        ended('completed');
        return result;
      } catch (thrown) {
        ended(thrown instanceof CancelledFailure ? 'cancelled' : 'failed');
        throw thrown;
      }
    });
  }
}
