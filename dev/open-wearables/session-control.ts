import type { SleepRecord, WorkoutRecord } from './event-records.js';
import { dateOf, instantOf } from './instant.js';
import { hashText, stableUuid } from './noise.js';
import { sourceOf } from './providers.js';
import type { UserData } from './world.js';

export type SessionKind = 'sleeps' | 'workouts';

/** A session to place: what is left out is as an Oura ring's has it. */
export interface PlacedSession {
  readonly start: Date;
  readonly end: Date;
  readonly provider?: string;
  /** Open Wearables names a merged session anew. */
  readonly id?: string;
  readonly sleepSeconds?: number;
  readonly isNap?: boolean;
  readonly type?: string;
  readonly distance?: number | null;
}

export function addSessions(data: UserData, kind: SessionKind, sessions: readonly PlacedSession[]): void {
  for (const session of sessions) {
    if (kind === 'sleeps') {
      const record = sleepOf(session);
      data.sleeps.set(record.id, record);
    } else {
      const record = workoutOf(session);
      data.workouts.set(record.id, record);
    }
  }
}

/** Removes the sessions whose start is unwanted; answers how many. */
export function removeSessions(
  data: UserData,
  kind: SessionKind,
  unwanted: (start: Date) => boolean,
): number {
  const gone = [...data[kind].values()].filter(({ at }) => unwanted(dateOf(at)));
  for (const { id } of gone) data[kind].delete(id);
  return gone.length;
}

function shared({ start, end, provider = 'oura', id }: PlacedSession) {
  const at = instantOf(start);
  return {
    id: id ?? stableUuid(hashText(`placed ${provider}`), at),
    ...{ at, end: instantOf(end), zoneOffset: null, source: sourceOf(provider) },
  };
}

function sleepOf(session: PlacedSession): SleepRecord {
  const seconds = (session.end.getTime() - session.start.getTime()) / 1000;
  return {
    ...shared(session),
    ...{ sleepSeconds: session.sleepSeconds ?? seconds, efficiency: 90, stages: [] },
    minutes: { awake_minutes: 10, light_minutes: 200, deep_minutes: 80, rem_minutes: 90 },
    isNap: session.isNap ?? false,
  };
}

function workoutOf(session: PlacedSession): WorkoutRecord {
  return {
    ...shared(session),
    ...{ type: session.type ?? 'running', name: null, calories: 210, distance: session.distance ?? 4100 },
    ...{ averageRate: null, maximumRate: null, pace: null, elevation: null },
  };
}
