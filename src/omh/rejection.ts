import type { Rejected, RejectionReason } from './measurement.js';

/** Carries a rejection from a field reader to the one place that turns it into a value; never leaves this folder. */
class SampleRejection extends Error {
  constructor(readonly outcome: Rejected) {
    super('sample rejected');
  }
}

export function rejected(reason: RejectionReason, detail: string): Rejected {
  return {
    rejected: true,
    class: reason === 'schema' ? 'ValidationError' : 'ConversionError',
    reason,
    detail,
  };
}

/** Ends the reading of the current sample. Only inside `orRejected`. */
export function reject(reason: RejectionReason, detail: string): never {
  throw new SampleRejection(rejected(reason, detail));
}

/** The result of `read`, or the rejection it ended with as a value. Anything else it throws is a bug and passes. */
export function orRejected<T>(read: () => T): T | Rejected {
  try {
    return read();
  } catch (error) {
    if (error instanceof SampleRejection) return error.outcome;
    throw error;
  }
}
