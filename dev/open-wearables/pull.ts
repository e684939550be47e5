import { measure } from './generator.js';
import type { Part } from './generator.js';
import type { Window } from './series.js';
import { samplesOf, scoresOf, sleepsOf, workoutsOf } from './vendor-rows.js';
import { tellRows } from './webhook-rows.js';
import { dataOf } from './world.js';
import type { Connection, UserData, World } from './world.js';
import type { Sample } from './sample.js';
import type { Stored } from './sample-store.js';

/** What a stored workout that comes again does to the upstream: the workouts of the run stop there. */
export const STORED_WORKOUT_ERROR =
  "No inspection system is available for object of type <class 'app.utils.mappings_meta.AutoRelMeta'>";

export interface Pulled extends Stored {
  /** Fixed text of the failure of the workouts part, else null. */
  readonly error: string | null;
}

/** The unique key of a row: data source, type and instant. */
export function placeOf(sample: Sample): string {
  const { provider, device, source } = sample.source;
  return `${sample.type} ${sample.at} ${provider} ${device ?? ''} ${source ?? ''}`;
}

function store<T extends { readonly id: string }>(into: Map<string, T>, records: readonly T[]): Stored {
  const before = into.size;
  for (const record of records) into.set(record.id, record);
  const inserted = into.size - before;
  return { inserted, updated: records.length - inserted };
}

function storeWorkouts(data: UserData, records: ReturnType<typeof workoutsOf>): Pulled {
  const known = records.findIndex((record) => data.workouts.has(record.id));
  const stored = store(data.workouts, known < 0 ? records : records.slice(0, known));
  return { ...stored, error: known < 0 ? null : STORED_WORKOUT_ERROR };
}

/** Asks the vendor for one part of a stretch of time and stores what it answers, as one commit. */
export function pullPart(world: World, connection: Connection, part: Part, window: Window): Pulled {
  const { account, provider, userId } = connection;
  if (!account || !world.users.has(userId)) return { inserted: 0, updated: 0, error: null };
  world.rawObjects?.pulled(world, connection, part, window);
  const measured = measure(account, world.seed, part, window);
  const data = dataOf(world, userId);
  if (part === 'workouts') return storeWorkouts(data, workoutsOf(provider, measured));
  if (part === 'sleep_score') return { ...store(data.scores, scoresOf(provider, measured)), error: null };
  if (part === 'sleep') store(data.sleeps, sleepsOf(provider, measured));
  const rows = samplesOf(provider, measured).filter((row) => !data.placed.has(placeOf(row)));
  tellRows(world, userId, rows);
  return { ...data.samples.upsert(rows), error: null };
}
