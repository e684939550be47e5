import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from './config.js';
import type { Sql } from './db/sql.js';
import type { Events } from './events.js';

/**
 * How often within so many minutes. An account is counted together with the address it is tried from, so that nobody is
 * locked out by somebody else's attempts.
 */
const LIMITS = {
  'sign-in of an account': { points: 10, minutes: 15 },
  'sign-in': { points: 100, minutes: 15 },
  redeem: { points: 60, minutes: 10 },
  token: { points: 300, minutes: 10 },
  'fresh link': { points: 20, minutes: 60 },
  'letter of a practitioner': { points: 200, minutes: 60 },
  export: { points: 10, minutes: 60 },
} as const satisfies Record<string, { points: number; minutes: number }>;

export type Limit = keyof typeof LIMITS;

/** Asked for too often; `retryAfterSeconds` says how long to wait. */
export class TooMany extends Error {
  override readonly name = 'TooMany';
  constructor(readonly retryAfterSeconds: number) {
    super('asked for too often');
  }
}

/** Counts that all processes share. Who asks is kept as a hash. */
export interface RateLimits {
  /** Counts one time more; throws `TooMany` beyond the limit. */
  take(limit: Limit, who: string): Promise<void>;
  /** Takes a count back: what was asked for was in order. */
  giveBack(limit: Limit, who: string): Promise<void>;
}

export function createRateLimits(
  sql: Sql,
  { RATE_LIMIT_FACTOR: factor }: Pick<Config, 'RATE_LIMIT_FACTOR'>,
  events: Pick<Events, 'limited'>,
): RateLimits {
  const limiters = new Map(
    Object.entries(LIMITS).map(([limit, { points, minutes }]) => [
      limit,
      new RateLimiterPostgres({
        storeClient: clientOf(sql),
        storeType: 'client',
        tableName: 'rate_limits',
        tableCreated: true,
        keyPrefix: limit,
        points: Math.max(1, Math.round(points * factor)),
        duration: minutes * 60,
      }),
    ]),
  );
  return {
    async take(limit, who) {
      try {
        await limiters.get(limit)?.consume(keyOf(who));
      } catch (thrown) {
        if (!(thrown instanceof RateLimiterRes)) throw thrown;
        events.limited({ limit });
        throw new TooMany(Math.ceil(thrown.msBeforeNext / 1000));
      }
    },
    async giveBack(limit, who) {
      await limiters.get(limit)?.reward(keyOf(who));
    },
  };
}

function keyOf(who: string): string {
  return createHash('sha256').update(who).digest('base64url');
}

/** The library speaks to a client of the package `pg`; ours does the same for it. */
function clientOf(sql: Sql) {
  return {
    async query({ text, values }: { text: string; values: (string | number | null)[] }) {
      const rows = await sql.unsafe(text, values, { prepare: true });
      return { rows: [...rows], rowCount: rows.count };
    },
  };
}
