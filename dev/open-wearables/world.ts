import { performance } from 'node:perf_hooks';
import type { ScoreRecord, SleepRecord, WorkoutRecord } from './event-records.js';
import type { Part } from './generator.js';
import type { Account } from './generator/ring.js';
import { instantOf } from './instant.js';
import type { Instant } from './instant.js';
import type { RawObjects } from './raw-objects.js';
import type { Sample } from './sample.js';
import { SampleStore } from './sample-store.js';

/** A user of Open Wearables. */
export interface User {
  readonly id: string;
  readonly createdAt: Instant;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  externalUserId: string | null;
}

export type ConnectionStatus = 'active' | 'revoked' | 'expired';

/** A user's connection to one vendor account; the row stays when it is revoked. */
export interface Connection {
  readonly id: string;
  readonly userId: string;
  readonly provider: string;
  readonly createdAt: Instant;
  /** Null for connections that no ring stands behind (mobile SDKs, fixtures). */
  account: Account | null;
  providerUserId: string | null;
  scope: string | null;
  status: ConnectionStatus;
  lastSyncedAt: Instant | null;
  updatedAt: Instant;
  /** What the connect's history run covers from; rows between it and `pulledUntil` can be measured again. */
  pulledFrom: Instant;
  pulledUntil: Instant;
  /** When the ring last handed its memory to the vendor (pattern manual). */
  ringSyncedAt: Instant;
}

export type SyncPattern = 'immediate' | 'hourly' | 'manual';

/** What the vendor does instead of its duty. */
export type VendorTrouble =
  | 'refuses-code'
  | 'down'
  | 'garbage'
  | 'no-profile'
  | 'heart-rate-fails'
  | 'everything-fails'
  | 'token-dead'
  | 'refresh-refused';

/** One run of a sync. It advances when somebody looks, by the time that has passed since it started. */
export interface Run {
  readonly id: string;
  readonly userId: string;
  readonly provider: string;
  readonly source: 'backfill' | 'pull' | 'linked_account';
  readonly primaryUserId: string | null;
  readonly startedAt: Instant;
  readonly startedTick: number;
  readonly durationMs: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly counts: Map<Part, number>;
  done: number;
  inserted: number;
  updated: number;
  workoutsError: string | null;
  failed: boolean;
  endedAt: Instant | null;
}

/** Everything stored for one user. */
export interface UserData {
  readonly samples: SampleStore;
  readonly sleeps: Map<string, SleepRecord>;
  readonly workouts: Map<string, WorkoutRecord>;
  readonly scores: Map<string, ScoreRecord>;
  /** Rows placed by hand; a later pull of the same instant does not touch them. */
  readonly placed: Map<string, Sample>;
}

export interface PendingAuthorization {
  readonly provider: string;
  readonly userId: string;
  readonly redirectUri: string | null;
  readonly expiresAt: Instant;
}

export interface World {
  /** Where this server answers, without a path. */
  origin: string;
  /** Where vendors send the browser back to, when that is not this server: a proxy in front of the callback. */
  readonly callbackOrigin: string | undefined;
  readonly apiKeys: Map<string, { readonly name: string; readonly createdAt: Instant }>;
  readonly developerTokens: Set<string>;
  readonly seed: number;
  readonly historyRunMs: number;
  readonly historyDays: number;
  readonly users: Map<string, User>;
  readonly connections: Map<string, Connection[]>;
  readonly data: Map<string, UserData>;
  readonly patterns: Map<string, SyncPattern>;
  readonly pending: Map<string, PendingAuthorization>;
  readonly codes: Map<string, Account>;
  readonly vendorTrouble: Map<string, VendorTrouble>;
  readonly disabledProviders: Set<string>;
  /** Runs of the last day, oldest first; `activeRuns` are those that have not ended. */
  readonly runs: Run[];
  readonly activeRuns: Set<Run>;
  now(): Instant;
  /** A clock in milliseconds that also runs when `now` stands still. */
  tick(): number;
  /** Where the vendors' answers are kept, when the upstream is told to keep them. */
  rawObjects?: RawObjects;
  /** Called after each change of users or connections. */
  changed(): void;
  /** Sends a webhook; null while there is no endpoint. */
  tell: ((type: string, data: object) => void) | null;
}

export interface WorldOptions {
  readonly seed?: number | undefined;
  readonly now?: (() => Date) | undefined;
  readonly historyRunMs?: number | undefined;
  readonly historyDays?: number | undefined;
  readonly callbackOrigin?: string | undefined;
}

/** An empty world: no user, no key. */
export function createWorld(options: WorldOptions = {}): World {
  const clock = options.now ?? (() => new Date());
  return {
    origin: 'http://127.0.0.1',
    callbackOrigin: options.callbackOrigin,
    apiKeys: new Map(),
    developerTokens: new Set(),
    seed: options.seed ?? 1,
    historyRunMs: options.historyRunMs ?? 1500,
    historyDays: options.historyDays ?? 90,
    users: new Map(),
    connections: new Map(),
    data: new Map(),
    patterns: new Map(),
    pending: new Map(),
    codes: new Map(),
    vendorTrouble: new Map(),
    disabledProviders: new Set(),
    runs: [],
    activeRuns: new Set(),
    now: () => instantOf(clock()),
    tick: () => performance.now(),
    changed: () => undefined,
    tell: null,
  };
}

/** The redirect that is registered with a vendor. */
export function callbackOf(world: World, path: string): string {
  return (world.callbackOrigin ?? world.origin) + path;
}

export function dataOf(world: World, userId: string): UserData {
  const known = world.data.get(userId);
  if (known) return known;
  const created: UserData = {
    samples: new SampleStore(),
    sleeps: new Map(),
    workouts: new Map(),
    scores: new Map(),
    placed: new Map(),
  };
  if (world.users.has(userId)) world.data.set(userId, created);
  return created;
}

export function connectionsOf(world: World, userId: string): readonly Connection[] {
  return world.connections.get(userId) ?? [];
}

export function connectionOf(world: World, userId: string, provider: string): Connection | undefined {
  return connectionsOf(world, userId).find((connection) => connection.provider === provider);
}
