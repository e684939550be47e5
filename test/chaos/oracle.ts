import type { Sql } from '../../src/db/sql.js';
import { Agreements } from '../ingest/model/agreements.js';
import { served } from './api.js';
import { keyOf, type Person } from './person.js';
import type { Round } from './play.js';
import { CODES, type ChaosWorld } from './world.js';

/** What is stored of a measurement. */
interface Stored {
  readonly id: number;
  readonly key: string;
  readonly code: string;
  readonly at: number;
  readonly value: number;
  readonly status: string;
  readonly recordedAt: number;
  readonly revisions: readonly number[];
}

interface Event {
  readonly code: string;
  readonly isAgreed: boolean;
  readonly at: number;
}

/** What must be stored and is not, of what was measured since a time: all that is shown and that consents cover now. */
export async function lostOf(round: Round, person: Person, since = 0): Promise<string[]> {
  const { sql } = round.world.app;
  const agreements = agreed(round.world, await eventsOf(sql, person.id));
  const stored = new Map((await storedOf(sql, person.id)).map((row) => [row.key, row]));
  const now = Date.now();
  return person
    .shown()
    .filter(({ code, at }) => at >= since && at < now && agreements.covers(code, 'oura', at))
    .flatMap((sample) => {
      const found = stored.get(keyOf(sample));
      if (found?.value === sample.value && found.status !== 'entered-in-error') return [];
      return [`${keyOf(sample)} = ${sample.value}, stored is ${found?.value} ${found?.status}`];
    });
}

/** Every broken promise about a patient, in words; none when the database is what the script made true. */
export async function brokenPromises(round: Round, person: Person): Promise<string[]> {
  const { sql } = round.world.app;
  const events = await eventsOf(sql, person.id);
  const stored = await storedOf(sql, person.id);
  const broken = [
    ...named('lost', await lostOf(round, person)),
    ...named('doubled', doubled(stored)),
    ...named('invented', invented(person, stored)),
    ...named('consents are not what was answered', misremembered(person, events)),
    ...named('written without consent', unconsented(round.world, person, events, stored)),
    ...named('served is not what consents cover', await misserved(round, person, events, stored)),
    ...named('dead letters', await wrongLetters(sql, person)),
    ...named('coverage claims too much', await overclaimed(sql, person)),
  ];
  return broken.map((words) => `patient ${person.id}: ${words}`);
}

/** The first few, and how many there are. */
function named(promise: string, found: readonly string[]): string[] {
  if (found.length === 0) return [];
  return [`${promise} (${found.length}): ${found.slice(0, 3).join('; ')}`];
}

async function storedOf(sql: Sql, patientId: number): Promise<Stored[]> {
  const rows = await sql<
    (Omit<Stored, 'key' | 'at' | 'recordedAt'> & { series: string; start: Date; recorded: Date })[]
  >`
    select o.id, o.series, c.code, o.effective_start as start, o.value, o.status, o.recorded_at as recorded,
           array(select r.value from observation_revisions r where r.observation_id = o.id order by r.revision) as revisions
    from observations o join codeable_concepts c on c.id = o.concept_id
    where o.patient_id = ${patientId}`;
  return rows.map(({ start, recorded, series, ...rest }) => {
    const at = start.getTime();
    return { ...rest, at, key: keyOf({ series, at }), recordedAt: recorded.getTime() };
  });
}

async function eventsOf(sql: Sql, patientId: number): Promise<Event[]> {
  const rows = await sql<{ code: string; decision: string; at: Date }[]>`
    select c.code, e.decision, e.decided_at as at
    from consent_events e join codeable_concepts c on c.id = e.concept_id
    where e.patient_id = ${patientId} order by e.id`;
  return rows.map(({ code, decision, at }) => ({ code, isAgreed: decision === 'agreed', at: at.getTime() }));
}

function agreed({ study }: ChaosWorld, events: readonly Event[]): Agreements {
  const agreements = new Agreements([study]);
  for (const { code, isAgreed, at } of events) agreements.answer(study, code, isAgreed, at);
  return agreements;
}

function doubled(stored: readonly Stored[]): string[] {
  const keys = stored.map(({ key }) => key);
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

/** What was never shown, a value that nobody measured, or a revision that was no value before. */
function invented(person: Person, stored: readonly Stored[]): string[] {
  const shown = new Map(person.shown().map((sample) => [keyOf(sample), sample]));
  return stored.flatMap(({ key, value, revisions, status }) => {
    const values = person.values.get(key) ?? [shown.get(key)?.value];
    const isKnown = [value, ...revisions].every((each) => values.includes(each));
    const isTold = (status === 'amended') === revisions.length > 0;
    return isKnown && isTold
      ? []
      : [`${key} = ${value} ${status}, before ${revisions.join()}: ${values.join()}`];
  });
}

/** The answers that stand, each after the one before, as the patient gave them. */
function misremembered(person: Person, events: readonly Event[]): string[] {
  return Object.entries(CODES).flatMap(([series, code]) => {
    const given = changes(person.answers.filter((each) => each.series === series));
    const kept = changes(events.filter((each) => each.code === code));
    return given.join() === kept.join() ? [] : [`${series}: ${given.join()} became ${kept.join()}`];
  });
}

const changes = (answers: readonly { readonly isAgreed: boolean }[]) =>
  answers.map(({ isAgreed }) => isAgreed).filter((isAgreed, index, all) => isAgreed !== all[index - 1]);

/** Each row was covered by the consents of the moment it was written; while an answer was being recorded, by either. */
function unconsented(
  world: ChaosWorld,
  person: Person,
  events: readonly Event[],
  stored: readonly Stored[],
): string[] {
  const acknowledged = (event: Event) =>
    person.answers.find(
      (each) =>
        CODES[each.series] === event.code &&
        each.isAgreed === event.isAgreed &&
        each.acknowledgedAt >= event.at,
    )?.acknowledgedAt ?? Infinity;
  const moments = events.map((event, index) => ({
    ...{ from: event.at, agreements: agreed(world, events.slice(0, index + 1)) },
    until: Math.max(...events.slice(index + 1, index + 2).map(acknowledged), -Infinity),
  }));
  return stored
    .filter(
      ({ code, at, recordedAt }) =>
        !moments.some(
          ({ from, until, agreements }, index) =>
            recordedAt >= from - 1 &&
            (index === moments.length - 1 || recordedAt <= until) &&
            agreements.covers(code, 'oura', at),
        ),
    )
    .map(({ key, recordedAt }) => `${key}, written at ${new Date(recordedAt).toISOString()}`);
}

async function misserved(
  round: Round,
  person: Person,
  events: readonly Event[],
  stored: readonly Stored[],
): Promise<string[]> {
  const agreements = agreed(round.world, events);
  const ids = new Set(await served(round.world, person.id));
  return stored
    .filter(({ id, code, at }) => ids.has(id) !== agreements.covers(code, 'oura', at))
    .map(({ key, id }) => `${key} is ${ids.has(id) ? '' : 'not '}served`);
}

/** Nothing good became a dead letter, and none is there twice. */
async function wrongLetters(sql: Sql, person: Person): Promise<string[]> {
  const [{ count } = { count: 0 }] = await sql<{ count: number }[]>`
    select count(*) as count from dead_letters where patient_id = ${person.id}`;
  return count <= person.unreadable ? [] : [`${count} of ${person.unreadable} unreadable samples`];
}

/** Days of which more is said to be stored than is. */
async function overclaimed(sql: Sql, { id }: Person): Promise<string[]> {
  const rows = await sql<{ day: string; dataType: string; claimed: number; stored: number }[]>`
    select v.day::text, v.data_type as "dataType", v.stored as claimed, o.stored
    from coverage v
    join patients p on p.id = v.patient_id
    cross join lateral (
      select count(*)::int as stored from observations o
      where o.patient_id = v.patient_id and o.data_type = v.data_type and o.status <> 'entered-in-error'
        and (o.effective_start at time zone p.time_zone)::date = v.day) o
    where v.patient_id = ${id} and v.kind = 'sample' and v.stored > o.stored`;
  return rows.map(
    ({ day, dataType, claimed, stored }) => `${dataType} of ${day}: ${claimed}, stored ${stored}`,
  );
}
