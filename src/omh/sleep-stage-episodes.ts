import { coded } from './code.js';
import type { Converter, DataType, Fields, Frame } from './data-type.js';
import { present } from './details.js';
import { isFields, requiredNumber } from './fields.js';
import { hypnogramRuns } from './hypnogram.js';
import type { JsonValue } from './measurement.js';
import { ouraSleep } from './oura-sleep.js';
import { reject } from './rejection.js';
import { sleepSession } from './sleep-session.js';
import { SLEEP_STAGES_CODE } from './sleep-stage-summary.js';
import { between } from './time-frame.js';
import { seconds } from './units.js';

const INTERVALS = 'sleep_stage_intervals';

const STATES: ReadonlyMap<string, string> = new Map([
  ['light', 'Light_sleep'],
  ['deep', 'Deep_sleep'],
  ['rem', 'REM_sleep'],
  ['awake', 'Awake'],
]);

/** A session of `GET /events/sleep` with its stages one by one; time in bed is no stage. */
const fromSession: Converter = (session) => {
  const { record, isMainSleep } = sleepSession(session);
  const total = seconds(requiredNumber(session, 'sleep_duration_seconds'));
  const intervals = intervalsOf(session);
  const awakenings = intervals.filter((interval) => interval['stage'] === 'awake').length;
  const episodes = intervals.filter((interval) => interval['stage'] !== 'in_bed').map(episodeOf);
  return { ...record, value: null, details: stages(total, awakenings, episodes, isMainSleep) };
};

function intervalsOf(session: Fields): readonly Fields[] {
  const intervals: unknown = session[INTERVALS];
  if (intervals === undefined || intervals === null) return reject('missing-field', INTERVALS);
  if (!Array.isArray(intervals) || !intervals.every(isFields)) return reject('bad-field', INTERVALS);
  return intervals;
}

/** A stage that has no state of its own (`sleeping`, `unknown`, a newer one) is unknown sleep. */
function episodeOf(interval: Fields): JsonValue {
  const stage = interval['stage'];
  if (typeof stage !== 'string') return reject('bad-field', `${INTERVALS}.stage`);
  const frame = between(
    interval['start_time'],
    `${INTERVALS}.start_time`,
    interval['end_time'],
    `${INTERVALS}.end_time`,
  );
  return episode(STATES.get(stage) ?? 'Unknown_sleep', frame);
}

/** The hypnogram of an item of `/v2/usercollection/sleep`; its last run may end after the bedtime. */
const fromOura: Converter = (item) => {
  const { record, isMainSleep } = ouraSleep(item);
  const total = seconds(requiredNumber(item, 'total_sleep_duration'));
  const runs = hypnogramRuns(item, record.frame.start);
  const awakenings = runs.slice(1).filter(({ state }) => state === 'Awake').length;
  const episodes = runs.map(({ state, frame }) => episode(state, frame));
  return { ...record, value: null, details: stages(total, awakenings, episodes, isMainSleep) };
};

function episode(state: string, { start, end }: Frame): JsonValue {
  const interval = { start_date_time: start, end_date_time: end };
  return { sleep_stage_state: state, sleep_stage_time_frame: { time_interval: interval } };
}

function stages(
  total: JsonValue,
  awakenings: number,
  episodes: readonly JsonValue[],
  isMainSleep: boolean | undefined,
) {
  return present({
    sleep_stage_summary: { total_sleep_time: total, number_of_awakenings: awakenings },
    sleep_stage_episodes: episodes,
    is_main_sleep: isMainSleep,
  });
}

export const sleepStageEpisodes: DataType = {
  name: 'sleep_stage_episodes',
  ...coded('ieee:sleep-stage-summary:1.0', 'Sleep stage summary'),
  quantity: null,
  beforeFrame: ['sleep_stage_summary', 'sleep_stage_episodes'],
  standing: 'extension',
  identityName: 'sleep_stage_summary:episodes',
  fhir: SLEEP_STAGES_CODE,
  feeds: [
    { source: 'ow_normalized', kind: 'session', endpoint: 'events/sleep' },
    { source: 'oura_raw', kind: 'session', endpoint: 'sleep' },
  ],
  converters: { ow_normalized: fromSession, oura_raw: fromOura },
};
