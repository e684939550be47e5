import { isIPv6 } from 'node:net';
import type { Context } from 'hono';
import { z } from 'zod';
import { isWithin, networks } from './networks.js';

const connection = z.object({
  incoming: z.object({ socket: z.object({ remoteAddress: z.string() }) }),
});

export type ClientAddress = (context: Context) => string;

/**
 * Which machine asks: the nearest address that is no proxy of ours (TRUSTED_PROXIES). What a client itself writes into
 * X-Forwarded-For stands further left and is not believed. Of an IPv6 address the first half, the network that one
 * customer has alone.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const proxies = networks(trustedProxies);
  return (context) => {
    const forwarded = context.req.header('x-forwarded-for')?.split(',') ?? [];
    const nearestFirst = [...forwarded.map((each) => each.trim()), remoteAddressOf(context)].reverse();
    const asking = nearestFirst.find((address) => !isWithin(proxies, address)) ?? nearestFirst.at(-1) ?? '';
    return isIPv6(asking) ? firstHalf(asking) : asking;
  };
}

/** Who opened the connection: a client, or the nearest proxy. Empty: there is no connection. */
export function remoteAddressOf(context: Context): string {
  return connection.safeParse(context.env).data?.incoming.socket.remoteAddress ?? '';
}

/** `::ffff:1.2.3.4` is an IPv4 address in disguise. */
function firstHalf(address: string): string {
  const mapped = /^::ffff:(\d+(\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.split('::');
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - (left?.length ?? 0) - (right?.length ?? 0) }, () => '0');
  return [...(left ?? []), ...zeros, ...(right ?? [])].slice(0, 4).join(':').toLowerCase();
}
