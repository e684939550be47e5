import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import { Problem } from './problems.js';

/** The proxy endpoints of the original name their errors `error`; every other answer has `detail`. */
export function refusal(status: ContentfulStatusCode, text: string): Problem {
  return new Problem(status, text, { error: text });
}

/** Upstream failures in the words of the original, without the upstream's own text. */
export async function named<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (thrown) {
    if (!(thrown instanceof OpenWearablesFailure)) throw thrown;
    if (thrown.kind === 'NotConfigured') throw refusal(500, 'OW integration not configured');
    if (thrown.kind === 'Unreachable' || thrown.kind === 'TimedOut')
      throw refusal(502, 'Failed to reach OW API');
    if (thrown.kind === 'BadRequest') throw refusal(400, 'Open Wearables does not offer this provider.');
    throw refusal(502, 'OW API error');
  }
}
