import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { remoteAddressOf } from './client-address.js';
import { isWithin, networks } from './networks.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export type RequestId = (context: Context) => string;

/**
 * What a request is called in the log, the audit trail and its answer (`X-Request-Id`): a UUID, of the proxy that passed
 * it on if that is one of ours (TRUSTED_PROXIES) and gave it one, else a new one.
 */
export function createRequestId(trustedProxies: readonly string[]): RequestId {
  const proxies = networks(trustedProxies);
  return (context) => {
    const given = context.req.header('x-request-id')?.toLowerCase() ?? '';
    const isOurs = UUID.test(given) && isWithin(proxies, remoteAddressOf(context));
    return isOurs ? given : randomUUID();
  };
}
