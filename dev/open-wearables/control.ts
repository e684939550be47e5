import { newApiKey } from './auth.js';
import { addConnection, connect, setStatus } from './connections.js';
import type { Faults } from './faults.js';
import { instantOf, instantOfText } from './instant.js';
import { catchUp, lookAt } from './live.js';
import { stableUuid, hashText } from './noise.js';
import { sourceOf } from './providers.js';
import { placeOf } from './pull.js';
import type { RequestLog } from './request-log.js';
import { numeric, shown } from './sample.js';
import type { Sample, ShownSample, Source } from './sample.js';
import type { Window } from './series.js';
import { unitOf } from './series-types.js';
import { addSessions, removeSessions, type PlacedSession, type SessionKind } from './session-control.js';
import { listedUser, removeUser, withSyncs } from './users.js';
import { ownAccount } from './vendor.js';
import { connectionOf, connectionsOf, dataOf } from './world.js';
import type { ConnectionStatus, SyncPattern, VendorTrouble, World } from './world.js';
import { tellRows } from './webhook-rows.js';
import type { Delivery, Endpoint, Webhooks } from './webhooks.js';

/** A row to place: what is left out is as an Oura ring's row has it. */
export interface PlacedSample {
  readonly timestamp: string | Date;
  readonly type: string;
  readonly value: number;
  readonly zone_offset?: string | null;
  readonly unit?: string;
  readonly source?: Partial<Source>;
  readonly is_daily_total?: boolean | null;
}

/** Which rows are meant: from (inclusive) to (exclusive), all types when none is named. */
export interface SampleQuery {
  readonly types?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
}

/** Steering of the outside world, for tests, benches and the demo. Times are ISO texts or dates. */
export interface SandboxControl {
  /** Places exact rows; a row of the same data source, type and instant takes the new value. */
  addSamples(owUserId: string, samples: readonly PlacedSample[]): void;
  /** Removes rows, answers how many; a later sync of that stretch brings the ring's own rows back. */
  removeSamples(owUserId: string, unwanted: (sample: ShownSample) => boolean, query?: SampleQuery): number;
  /** Places sessions of sleep or exercise; one of the same id takes the new figures. */
  addSessions(owUserId: string, kind: SessionKind, sessions: readonly PlacedSession[]): void;
  /** Removes sessions, answers how many. */
  removeSessions(owUserId: string, kind: SessionKind, unwanted: (start: Date) => boolean): number;
  /** The truth as Open Wearables would show it now, ordered as it pages. */
  samplesOf(owUserId: string, query?: SampleQuery): ShownSample[];
  /** Users as `GET /users` lists them. */
  usersByExternalId(externalId: string): ReturnType<typeof listedUser>[];
  deleteUser(owUserId: string): boolean;
  /** Changes a connection; one that does not exist is made, without data behind it. */
  setConnection(owUserId: string, provider: string, change: { readonly status: ConnectionStatus }): void;
  /** What a successful sign-in does, without the browser: active connection, history run started. */
  connect(owUserId: string, provider: string): void;
  /** Everything the ring measured up to now becomes visible. */
  ringSyncs(owUserId: string, provider: string): void;
  /** How live data becomes visible: at once (default), on the full hour, or only by `ringSyncs`. */
  setSyncPattern(owUserId: string, pattern: SyncPattern): void;
  setProviderEnabled(provider: string, enabled: boolean): void;
  /** What the vendor does instead of its duty, until it is well again (null). */
  setVendor(provider: string, trouble: VendorTrouble | null): void;
  /** All keys stop working at once; answers the new one. */
  rotateKey(): string;
  /** Ends when the objects of everything pulled so far are written. */
  rawObjectsWritten(): Promise<void>;
  /** From now on signed webhooks go here; null: no more. */
  sendWebhooksTo(endpoint: Endpoint | null): void;
  /** The webhooks that were sent, oldest first. */
  readonly webhooks: readonly Delivery[];
  readonly requests: RequestLog;
  readonly faults: Pick<Faults, 'failNext' | 'setWeather' | 'clear'>;
  /** Failures of the sandbox itself; a test asserts that there are none. */
  readonly defects: readonly Error[];
}

function placed(sample: PlacedSample): Sample {
  const { timestamp, type } = sample;
  const at = timestamp instanceof Date ? instantOf(timestamp) : instantOfText(timestamp);
  const source = { ...sourceOf(sample.source?.provider ?? 'oura'), ...sample.source };
  const row: Omit<Sample, 'id'> = {
    ...{ at, type, value: numeric(sample.value), unit: sample.unit ?? unitOf(type), source },
    ...{ zoneOffset: sample.zone_offset ?? null, isDailyTotal: sample.is_daily_total ?? null },
  };
  const id = stableUuid(hashText(placeOf({ ...row, id: '' })), at);
  return { ...row, id };
}

function windowOf({ from, to }: SampleQuery): Window {
  return { from: from ? instantOf(from) : -Infinity, to: to ? instantOf(to) : Infinity };
}

function sampleControl(
  world: World,
): Pick<SandboxControl, 'addSamples' | 'removeSamples' | 'addSessions' | 'removeSessions' | 'samplesOf'> {
  return {
    addSamples: (owUserId, samples) => {
      lookAt(world, owUserId);
      const data = dataOf(world, owUserId);
      const rows = samples.map(placed);
      for (const row of rows) data.placed.set(placeOf(row), row);
      data.samples.upsert(rows);
      tellRows(world, owUserId, rows);
    },
    removeSamples: (owUserId, unwanted, { types = [], ...query } = {}) => {
      lookAt(world, owUserId);
      const data = dataOf(world, owUserId);
      const removed = data.samples.remove((sample) => unwanted(shown(sample)), types, windowOf(query));
      for (const row of removed) data.placed.delete(placeOf(row));
      return removed.length;
    },
    addSessions: (owUserId, kind, sessions) => {
      lookAt(world, owUserId);
      addSessions(dataOf(world, owUserId), kind, sessions);
    },
    removeSessions: (owUserId, kind, unwanted) => {
      lookAt(world, owUserId);
      return removeSessions(dataOf(world, owUserId), kind, unwanted);
    },
    samplesOf: (owUserId, { types = [], ...query } = {}) => {
      lookAt(world, owUserId);
      return dataOf(world, owUserId).samples.all(types, windowOf(query)).map(shown);
    },
  };
}

function connectionControl(
  world: World,
): Pick<SandboxControl, 'setConnection' | 'connect' | 'ringSyncs' | 'setSyncPattern'> {
  return {
    setConnection: (owUserId, provider, { status }) => {
      lookAt(world, owUserId);
      const known = connectionOf(world, owUserId, provider) ?? addConnection(world, owUserId, provider);
      setStatus(world, known, status);
    },
    connect: (owUserId, provider) => {
      connect(world, owUserId, ownAccount(world, provider, owUserId));
    },
    ringSyncs: (owUserId, provider) => {
      lookAt(world, owUserId);
      const connection = connectionOf(world, owUserId, provider);
      if (connection?.status !== 'active') return;
      connection.ringSyncedAt = world.now();
      catchUp(world, connection, world.now());
    },
    setSyncPattern: (owUserId, pattern) => {
      lookAt(world, owUserId);
      for (const connection of connectionsOf(world, owUserId)) {
        connection.ringSyncedAt = Math.max(connection.ringSyncedAt, connection.pulledUntil);
      }
      world.patterns.set(owUserId, pattern);
    },
  };
}

function rotateKey(world: World): string {
  const key = newApiKey();
  world.apiKeys.clear();
  world.apiKeys.set(key, { name: 'sandbox', createdAt: world.now() });
  world.changed();
  return key;
}

export function createControl(
  world: World,
  requests: RequestLog,
  faults: Faults,
  defects: readonly Error[],
  webhooks: Webhooks,
): SandboxControl {
  return {
    ...sampleControl(world),
    ...connectionControl(world),
    usersByExternalId: (externalId) =>
      [...world.users.values()]
        .filter((user) => user.externalUserId === externalId)
        .map((user) => listedUser(withSyncs(world, user))),
    deleteUser: (owUserId) => removeUser(world, owUserId),
    setProviderEnabled: (provider, enabled) => {
      if (enabled) world.disabledProviders.delete(provider);
      else world.disabledProviders.add(provider);
    },
    setVendor: (provider, trouble) => {
      if (trouble === null) world.vendorTrouble.delete(provider);
      else world.vendorTrouble.set(provider, trouble);
    },
    rotateKey: () => rotateKey(world),
    rawObjectsWritten: async () => world.rawObjects?.written(),
    sendWebhooksTo: (endpoint) => {
      webhooks.sendTo(endpoint);
    },
    ...{ webhooks: webhooks.deliveries, requests, faults, defects },
  };
}
