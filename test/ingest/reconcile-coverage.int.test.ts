import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PlacedSession } from '../../dev/open-wearables/session-control.js';
import { coverageOfDays } from '../../src/db/coverage.js';
import { BackfillPlan } from '../../src/workflows/backfill-plan.js';
import { agreedPatient, DAY_MS, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { isCount, reconcilePatient } from '../helpers/reconciler.js';
import { agreeTo } from '../helpers/scopes.js';

const HOUR_MS = 3_600_000;
const DAYS = 90;
const CODES = ['ieee:sleep-episode:1.0', 'ieee:sleep-stage-summary:1.0', 'ieee:physical-activity:1.0'];

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

/** What a life shows: instants of samples, begins of nights and workouts, dates of daily totals. */
interface Life {
  readonly samples: readonly Date[];
  readonly nights: readonly PlacedSession[];
  readonly workouts: readonly PlacedSession[];
  readonly totals: readonly Date[];
}

/** Over a hundred days, with gaps and clusters; the nights cross the midnights of every zone of the world. */
function live(): Life {
  const start = Math.floor(Date.now() / DAY_MS) * DAY_MS - 100 * DAY_MS;
  const isPast = (time: number) => time < Date.now() - HOUR_MS;
  const at = (step: number, jitter: number) =>
    Array.from({ length: Math.floor((100 * DAY_MS) / step) }, (_, index) => {
      return start + index * step + ((index * jitter) % step);
    }).filter((time, index) => isPast(time) && index % 7 !== 3);
  const session = (hours: number) => (time: number) => ({
    start: new Date(time),
    end: new Date(time + hours * HOUR_MS),
  });
  const isOver = ({ end }: PlacedSession) => isPast(end.getTime());
  return {
    // Some of them on midnights of UTC.
    samples: [...at(4 * HOUR_MS, 0), ...at(5 * HOUR_MS, 1_234_567)].map((time) => new Date(time)),
    nights: at(11 * HOUR_MS, 654_321)
      .map(session(8))
      .filter(isOver),
    workouts: at(31 * HOUR_MS, 7_654_321)
      .map(session(2))
      .filter(isOver),
    totals: at(DAY_MS, 0).map((time) => new Date(time)),
  };
}

function place({ owUserId }: TestPatient, life: Life): void {
  const { control } = reader.sandbox;
  const rate = (timestamp: Date) => ({ timestamp, type: 'heart_rate', value: 60 });
  const steps = (timestamp: Date) => ({ timestamp, type: 'steps', value: 8000, is_daily_total: true });
  control.addSamples(owUserId, [...life.samples.map(rate), ...life.totals.map(steps)]);
  control.addSessions(owUserId, 'sleeps', life.nights);
  control.addSessions(owUserId, 'workouts', life.workouts);
}

/** How many of these instants lie on each of the patient's days. */
function byDay(instants: readonly Date[], timeZone: string): Map<string, number> {
  const dates = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const counts = new Map<string, number>();
  for (const instant of instants) {
    const day = dates.format(instant);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
}

function truthOf(life: Life, timeZone: string): Readonly<Record<string, Map<string, number>>> {
  const begins = (sessions: readonly PlacedSession[]) => sessions.map(({ start }) => start);
  return {
    'heart_rate sample': byDay(life.samples, timeZone),
    'sleep_episode sleep': byDay(begins(life.nights), timeZone),
    'sleep_stage_summary sleep': byDay(begins(life.nights), timeZone),
    'physical_activity workout': byDay(begins(life.workouts), timeZone),
    // A total belongs to the date that Open Wearables names.
    'physical_activity summary': byDay(life.totals, 'UTC'),
  };
}

/** The coverage of the last closed days, and the truth, in the same form. */
async function compare(patient: TestPatient, life: Life, timeZone: string) {
  const dates = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const today = Date.parse(`${dates.format(new Date())}T00:00:00Z`);
  const days = Array.from({ length: DAYS }, (_, index) =>
    new Date(today - (DAYS - index) * DAY_MS).toISOString().slice(0, 10),
  );
  const rows = await coverageOfDays(reader.sql, patient.id, days[0] ?? '', days.at(-1) ?? '');
  const covered = rows.map(({ dataType, kind, day, shown, expected, stored, rejected }) =>
    [`${dataType} ${kind} ${day}`, shown, expected, stored, rejected].join(' '),
  );
  const truth = Object.entries(truthOf(life, timeZone)).flatMap(([what, counts]) =>
    days.map((day) => {
      const count = counts.get(day) ?? 0;
      return [`${what} ${day}`, count, count, count, 0].join(' ');
    }),
  );
  return { covered: covered.sort(), truth: truth.sort() };
}

const requests = () => {
  const { requests: log } = reader.sandbox.control;
  const asked = log.filter(({ path }) => /timeseries|events/.test(path));
  log.clear();
  return { counts: asked.filter(isCount).length, pages: asked.filter((each) => !isCount(each)).length };
};

const ZONES = ['Europe/Berlin', 'Pacific/Auckland', 'UTC'];

// Two of them change their clocks, in different months; the third has its midnights where Open Wearables rounds.
it.each(ZONES.map((zone, index) => [zone, index + 1] as const))(
  'every closed day in %s is covered with what Open Wearables shows of it, by a night and by a Sunday',
  async (timeZone, number) => {
    const patient = await agreedPatient(reader, number, 30);
    await agreeTo(reader.sql, patient.id, CODES, 30);
    await reader.sql`update patients set time_zone = ${timeZone} where id = ${patient.id}`;
    const life = live();
    place(patient, life);
    const night = { patientId: patient.id, days: DAYS, isDeep: false };
    await reconcilePatient(reader, night);
    const first = await compare(patient, life, timeZone);
    expect(first.covered).toEqual(first.truth);

    requests();
    expect(await reconcilePatient(reader, night)).toEqual({
      ...{ daysCompared: DAYS, daysDiffered: 0 },
      ...{ created: 0, amended: 0, retired: 0 },
    });
    // One count of heart rates, two of each kind of session; the pages are those of the newest week.
    expect(requests()).toEqual({ counts: 5, pages: 3 });

    await reconcilePatient(reader, { ...night, isDeep: true });
    const second = await compare(patient, life, timeZone);
    expect(second.covered).toEqual(second.truth);
  },
  60_000,
);

it('what a backfill has read is covered day by day: the night after it reads the newest week and counts the rest', async () => {
  const timeZone = 'America/Los_Angeles';
  const patient = await agreedPatient(reader, ZONES.length + 2, 30);
  await agreeTo(reader.sql, patient.id, CODES, 30);
  await reader.sql`update patients set time_zone = ${timeZone} where id = ${patient.id}`;
  const life = live();
  place(patient, life);
  // A day more: the oldest day may begin an hour earlier than so many times 24 hours ago, for its clock was another one.
  const read = DAYS + 1;
  const progress = await readBack(patient, read);
  expect(progress).toMatchObject({ state: 'done', windowsDone: 13, daysDone: read, daysTotal: read });
  const { covered, truth } = await compare(patient, life, timeZone);
  expect(covered).toEqual(truth);

  requests();
  const night = { patientId: patient.id, days: DAYS, isDeep: false };
  expect(await reconcilePatient(reader, night)).toMatchObject({ daysCompared: DAYS, daysDiffered: 0 });
  expect(requests()).toEqual({ counts: 5, pages: 3 });
}, 60_000);

/** What the workflow of a backfill does, without Temporal. */
async function readBack({ id }: TestPatient, days: number) {
  const now = Date.now();
  const plan = new BackfillPlan(true, undefined, now);
  const times = { from: new Date(now - days * DAY_MS).toISOString(), to: new Date(now).toISOString() };
  plan.ask(times, now);
  while (plan.next !== undefined) {
    const window = plan.begin(now);
    if (window === undefined) continue;
    const { from, to } = window;
    plan.finish(window, await reader.readHistory({ patientId: id, from, to, dataTypes: null }), now);
  }
  return plan.progress('done');
}

it('sessions that came late, or vanished, are found by their counts', async () => {
  const patient = await agreedPatient(reader, ZONES.length + 1, 30);
  await agreeTo(reader.sql, patient.id, CODES, 30);
  const life = live();
  const [late, gone] = [life.nights[80], life.workouts[30]];
  if (late === undefined || gone === undefined) throw new Error('a life has nights and workouts');
  place(patient, { ...life, nights: life.nights.filter((each) => each !== late) });
  const night = { patientId: patient.id, days: DAYS, isDeep: false };
  await reconcilePatient(reader, night);
  place(patient, life);
  const isGone = (start: Date) => start.getTime() === gone.start.getTime();
  reader.sandbox.control.removeSessions(patient.owUserId, 'workouts', isGone);
  // One night feeds two data types.
  expect(await reconcilePatient(reader, night)).toMatchObject({ daysDiffered: 2, created: 2, retired: 0 });
  expect(await reconcilePatient(reader, night)).toMatchObject({ daysDiffered: 1, created: 0, retired: 1 });
  expect(await reconcilePatient(reader, night)).toMatchObject({ daysDiffered: 0, created: 0, retired: 0 });
});
