import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { isDatabaseLost, isOfNobody } from '../db/lost.js';
import { errorName, NamedError, whereThrown } from '../errors.js';
import type { Events } from '../events.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';

/** Failures that waiting does not mend. A refused key is not among them: an operator mends it. */
const PERMANENT = new Set([
  'NotFound',
  'BadRequest',
  'LoopingCursor',
  'PatientUnknown',
  'AccountTaken',
  'AccountMissing',
  'AccountLost',
  'PageUnbalanced',
]);

/**
 * Turns whatever an activity throws into a failure with a type and a fixed text, so that no upstream body, SQL or
 * measurement reaches a history. Cancellation passes unchanged.
 */
export class FailureInterceptor implements ActivityInboundCallsInterceptor {
  constructor(
    private readonly context: Context,
    private readonly events: Events,
  ) {}

  async execute(
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    try {
      return await next(input);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (failure instanceof ApplicationFailure) this.#tell(failure, thrown);
      throw failure;
    }
  }

  #tell(failure: ApplicationFailure, thrown: unknown): void {
    const { activityType: activity, attempt } = this.context.info;
    const unexpected = failure.type === 'Unexpected' ? { unexpected: whereThrown(thrown) } : {};
    this.events.activityFailed({ activity, attempt, kind: failure.type ?? 'Unexpected', ...unexpected });
  }
}

/** The failure a history may show for a thrown value. */
export function asFailure(thrown: unknown): CancelledFailure | ApplicationFailure {
  if (thrown instanceof CancelledFailure || thrown instanceof ApplicationFailure) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return new CancelledFailure('the activity was cancelled');
  if (thrown instanceof OpenWearablesFailure) {
    const { retryAfterMs } = thrown.details;
    return named(thrown, retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs });
  }
  if (thrown instanceof NamedError) return named(thrown, {});
  if (isOfNobody(thrown))
    return named(new NamedError('PatientUnknown', 'the patient was erased meanwhile'), {});
  if (isDatabaseLost(thrown))
    return named(new NamedError('DatabaseLost', 'the connection to the database was lost'), {});
  return ApplicationFailure.create({
    type: 'Unexpected',
    message: `unexpected error (${errorName(thrown)})`,
  });
}

function named({ name, message }: NamedError, options: { nextRetryDelay?: number }): ApplicationFailure {
  return ApplicationFailure.create({ type: name, message, nonRetryable: PERMANENT.has(name), ...options });
}
