import { connect } from '../../../dev/open-wearables/connections.js';
import { MINUTE } from '../../../dev/open-wearables/instant.js';
import { settle } from '../../../dev/open-wearables/runs.js';
import { queueHistorical, queueLive, syncNow } from '../../../dev/open-wearables/sync.js';
import type { VendorTrouble, World } from '../../../dev/open-wearables/world.js';
import { placeUser } from './recorded-users.js';
import { parameter, userInPath } from './recordings.js';
import type { Recording } from './recordings.js';

/** Acts out what happened before a recording that needed a vendor. */

const ACCOUNT = { provider: 'oura', id: 'OURA-CBEE3D35BF88' };

function connected(world: World, userId: string): void {
  connect(world, userId, ACCOUNT);
  settle(world);
  world.runs.length = 0;
}

/** A user in the path who connected, whose history is stored and forgotten as a run. */
function connectedUser(world: World, recording: Recording): string {
  const userId = userInPath(recording) ?? '';
  connected(world, userId);
  return userId;
}

function liveSyncIn(trouble?: VendorTrouble) {
  return (world: World, recording: Recording): void => {
    const userId = connectedUser(world, recording);
    if (trouble) world.vendorTrouble.set('oura', trouble);
    queueLive(world, userId, 'oura');
  };
}

function linkedSync(world: World, recording: Recording): string {
  const primary = 'bb2ab755-3d51-469a-9eff-c4fed7e010d4';
  placeUser(world, primary);
  connected(world, primary);
  const userId = connectedUser(world, recording);
  queueLive(world, primary, 'oura');
  settle(world);
  return userId;
}

/** A callback whose state and code are those of the recording. */
function callback(trouble?: VendorTrouble, userId = '5afe88f3-9f06-4e68-8b33-cd2acd8e95c0') {
  return (world: World, recording: Recording): void => {
    const location = recording.response.headers['location'] ?? 'https://exchange.example/r';
    if (userId !== UNKNOWN_USER) placeUser(world, userId);
    if (trouble) world.vendorTrouble.set('oura', trouble);
    world.codes.set(parameter(recording, 'code') ?? '', ACCOUNT);
    const redirectUri = location.startsWith('https:') ? location : null;
    const expiresAt = world.now() + 15 * MINUTE;
    world.pending.set(parameter(recording, 'state') ?? '', {
      provider: 'oura',
      userId,
      redirectUri,
      expiresAt,
    });
  };
}

const UNKNOWN_USER = '00000000-0000-4000-8000-00000000dead';

/** What came before, by recording; the others of the flows need only what their answer shows. */
export const FLOWS: Readonly<Record<string, (world: World, recording: Recording) => void>> = {
  'flow-callback-success-303': callback(),
  'flow-callback-success-no-redirect-303': callback(),
  'flow-callback-reconnect-303': callback(),
  'flow-callback-no-profile-303': callback('no-profile'),
  'flow-callback-token-400': callback('refuses-code'),
  'flow-callback-vendor-down-400': callback('down'),
  'flow-callback-vendor-garbage-500': callback('garbage'),
  'flow-callback-unknown-user-400': callback(undefined, UNKNOWN_USER),
  'flow-sync-queued-200': connectedUser,
  'flow-sync-historical-queued-200': connectedUser,
  'flow-sync-blocking-200': (world, recording) => {
    Object.assign(world, { historyDays: 0 });
    connectedUser(world, recording);
  },
  'flow-sync-blocking-vendor-401': (world, recording) => {
    connectedUser(world, recording);
    world.vendorTrouble.set('oura', 'token-dead');
  },
  'flow-sync-blocking-workouts-again-500': (world, recording) => {
    Object.assign(world, { historyDays: 0 });
    syncNow(world, connectedUser(world, recording), 'oura', 'workouts');
  },
  'flow-sync-blocking-workouts-none-200': connectedUser,
  'flow-sync-run-workouts-again-200': (world, recording) => {
    queueHistorical(world, connectedUser(world, recording), 'oura', 30);
  },
  'flow-sync-runs-done-200': (world, recording) => {
    connect(world, userInPath(recording) ?? '', ACCOUNT);
  },
  'flow-sync-runs-live-200': liveSyncIn(),
  'flow-sync-run-all-500-200': liveSyncIn('everything-fails'),
  'flow-sync-recent-all-500-200': liveSyncIn('everything-fails'),
  'flow-sync-run-heartrate-500-200': liveSyncIn('heart-rate-fails'),
  'flow-sync-recent-heartrate-500-200': liveSyncIn('heart-rate-fails'),
  'flow-sync-run-heartrate-429-once-200': liveSyncIn(),
  'flow-sync-recent-heartrate-429-once-200': liveSyncIn(),
  'flow-sync-run-refresh-refused-200': liveSyncIn('refresh-refused'),
  'flow-sync-run-vendor-401-200': liveSyncIn('token-dead'),
  'flow-sync-runs-linked-200': linkedSync,
  'flow-sync-runs-overlap-200': (world, recording) => {
    Object.assign(world, { historyDays: 0 });
    const userId = linkedSync(world, recording);
    Object.assign(world, { historyRunMs: 1000, tick: () => 0 });
    queueHistorical(world, userId, 'oura', 1);
    // The live sync beside it is skipped and leaves no run.
    queueLive(world, userId, 'oura');
    Object.assign(world, { tick: () => 1000 });
  },
};
