import { z } from 'zod';
import { addConnection } from '../../../dev/open-wearables/connections.js';
import { dateOf, instantOfText, MINUTE } from '../../../dev/open-wearables/instant.js';
import { createWorld, dataOf } from '../../../dev/open-wearables/world.js';
import type { World } from '../../../dev/open-wearables/world.js';
import { sleepsBehind, workoutsBehind } from './recorded-events.js';
import { FLOWS } from './recorded-flows.js';
import { rowsBehind } from './recorded-rows.js';
import { placeActivity, placeBody, placeCounted, placeNights } from './recorded-summaries.js';
import {
  placeConnections,
  placeListedUsers,
  placeRecordedUser,
  placeUser,
  userShape,
} from './recorded-users.js';
import { parameter, recordingOf, userInPath } from './recordings.js';
import type { Recording } from './recordings.js';

export const KEY = 'sk-0123456789abcdef0123456789abcdef';
export const SECOND_KEY = 'sk-fedcba9876543210fedcba9876543210';
export const TOKEN = 'developer-token';

type Place = (world: World, recording: Recording, userId: string) => void;

/** Names whose user is not there any more, or never was. */
const GONE = /^(users-get-404|users-delete-again-404|flow-deleted-user|.*unknown-(user|404))/;

const placeRows: Place = (world, recording, userId) => {
  dataOf(world, userId).samples.upsert(rowsBehind(recording));
};

const placeSleeps: Place = (world, recording, userId) => {
  const known = recording.name === 'events-sleep-edge-200' ? recordingOf('events-sleep-200') : recording;
  for (const sleep of sleepsBehind(known)) dataOf(world, userId).sleeps.set(sleep.id, sleep);
  if (recording.name !== 'events-sleep-priority-200') return;
  const rival = sleepsBehind(recordingOf('events-sleep-200')).find(({ id }) => id.startsWith('c5a4af71'));
  if (rival) dataOf(world, userId).sleeps.set(rival.id, rival);
};

const placeWorkouts: Place = (world, recording, userId) => {
  for (const workout of workoutsBehind(recording)) dataOf(world, userId).workouts.set(workout.id, workout);
};

const placeAnsweredUser: Place = (world, recording) => {
  placeRecordedUser(world, userShape.parse(recording.response.body));
};

const placeScores: Place = (world, recording, userId) => {
  const score = z.object({
    ...{ id: z.string(), recorded_at: z.string(), category: z.string() },
    value: z.number(),
  });
  const components = { latency: { value: 80, qualifier: null }, efficiency: { value: 91, qualifier: null } };
  const { data } = z.object({ data: z.array(score) }).parse(recording.response.body);
  const { scores } = dataOf(world, userId);
  for (const { id, recorded_at, category, value } of data) {
    scores.set(id, { id, at: instantOfText(recorded_at), category, value, components, provider: 'oura' });
  }
  for (let older = data.length; older < 21; older += 1) {
    scores.set(`${older}`, {
      id: `${older}`,
      at: older,
      category: 'sleep',
      value: 1,
      components,
      provider: 'oura',
    });
  }
};

const placeSources: Place = (world, recording, userId) => {
  const item = z.object({
    ...{ provider: z.string(), source: z.string().nullable() },
    ...{ device_model: z.string().nullable(), device_type: z.string().nullable() },
  });
  const { items } = z.object({ items: z.array(item) }).parse(recording.response.body);
  const rows = items.map(({ provider, source, device_model, device_type }, index) => ({
    ...{ id: `${index}`, at: index, type: 'heart_rate', value: 60, unit: 'bpm', zoneOffset: null },
    ...{
      isDailyTotal: null,
      source: { provider, source, device: device_model, device_type, device_name: null },
    },
  }));
  dataOf(world, userId).samples.upsert(rows);
};

const placeOuraConnection: Place = (world, recording, userId) => {
  const connection = addConnection(world, userId, 'oura');
  if (/revoked|again/.test(recording.name)) connection.status = 'revoked';
};

const placeStateOfWhoop: Place = (world, recording, userId) => {
  const pending = { provider: 'whoop', userId, redirectUri: null, expiresAt: world.now() + MINUTE };
  world.pending.set(parameter(recording, 'state') ?? '', pending);
};

/** What must be in place so that the recorded request makes sense: each line whose pattern fits is done. */
const PLACES: readonly (readonly [RegExp, Place])[] = [
  [
    /^(timeseries-.*|connections-purge-(before|after)|flow-correction-.*|flow-purge-timeseries-.*)-200$/,
    placeRows,
  ],
  [/^events-sleep.*-200$/, placeSleeps],
  [/^events-workouts.*-200$/, placeWorkouts],
  [/^(users-(list|find|search).*|api-key-second|flow-user-after-sync-list)-200$/, placeListedUsers],
  [/^(users-(get|patch-jwt|delete-jwt)|flow-user-(delete|after-sync-get))-200$/, placeAnsweredUser],
  [/^users-create-dup-external.*-201$/, placeAnsweredUser],
  [
    /^users-create-dup-.*-409$/,
    (world) => placeUser(world, KEY, { email: 'rec-mwr1mg6k@example.org', externalUserId: 'jhe:other' }),
  ],
  [
    /^(connections-(after|expired|linked|multi|never|no-|null|revoked)|flow-connections-|flow-purge-conn).*-200$/,
    (world, recording, userId) => {
      placeConnections(world, userId, recording);
    },
  ],
  [/^(connections-delete|connections-delete-revoked|flow-purge|flow-purge-again)-204$/, placeOuraConnection],
  [/^callback-other-provider-400$/, placeStateOfWhoop],
  [/^health-scores-200$/, placeScores],
  [/^data-sources-200$/, placeSources],
  [
    /^summaries-activity-200$/,
    (world, recording, userId) => {
      placeActivity(world, userId, recording);
    },
  ],
  [
    /^summaries-sleep-200$/,
    (world, recording, userId) => {
      placeNights(world, userId, recording);
    },
  ],
  [
    /^summaries-data-200$/,
    (world, recording, userId) => {
      placeCounted(world, userId, recording);
    },
  ],
  [
    /^summaries-body-200$/,
    (world, recording, userId) => {
      const now = placeBody(world, userId, recording);
      Object.assign(world, { now: () => now });
    },
  ],
  [/^api-key-second-200$/, (world) => world.apiKeys.set(SECOND_KEY, { name: 'second', createdAt: 0 })],
];

/** A world in which the recorded request can only get the recorded answer. */
export function worldBehind(recording: Recording): World {
  const now = dateOf(instantOfText('2026-11-21T23:50:00Z'));
  const world = createWorld({ now: () => now, historyRunMs: 0, historyDays: 8 });
  world.origin = 'http://127.0.0.1:18000';
  world.apiKeys.set(KEY, { name: 'lab', createdAt: instantOfText('2026-11-21T23:31:45.554905Z') });
  world.developerTokens.add(TOKEN);
  const userId = userInPath(recording) ?? '';
  if (userId !== '' && !GONE.test(recording.name)) placeUser(world, userId);
  for (const [pattern, place] of PLACES) if (pattern.test(recording.name)) place(world, recording, userId);
  FLOWS[recording.name]?.(world, recording);
  return world;
}
