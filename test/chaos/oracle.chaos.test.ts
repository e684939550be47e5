import { afterAll, beforeAll, expect, it } from 'vitest';
import { brokenPromises } from './oracle.js';
import { welcome, type Person } from './person.js';
import { backfill, type Round } from './play.js';
import { reconcile, untilQuiet } from './quiet.js';
import { HISTORY_DAYS, startChaosWorld, type ChaosWorld } from './world.js';

let world: ChaosWorld;
let round: Round;
let person: Person;
beforeAll(async () => {
  world = await startChaosWorld();
  person = await welcome(world, 'normalized');
  round = { world, mode: 'normalized', persons: [person], began: Date.now() };
  await backfill(world, person, HISTORY_DAYS);
  await untilQuiet(round);
  await reconcile(round);
});
afterAll(async () => {
  await world.close();
});

it('of a round in which nothing happens all promises hold', async () => {
  expect(person.shown().length).toBeGreaterThan(300);
  expect(await brokenPromises(round, person)).toEqual([]);
});

const oldest = '(select min(id) from observations where patient_id = $1)';
/** A second observation like the oldest one, which begins at another time. */
const copyBeginning = (start: string) => `
  insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                            identifier_system, identifier, provider, series)
  select patient_id, concept_id, data_source_id, ${start}, value, data_type,
         identifier_system, gen_random_uuid(), provider, series
  from observations where id = ${oldest}`;

/** What is said of what went wrong with the patient ($1). */
const wrongs = [
  ['lost', `update observations set status = 'entered-in-error' where id = ${oldest}`],
  ['lost', `update observations set value = value + 1 where id = ${oldest}`],
  ['doubled', copyBeginning('effective_start')],
  ['invented', copyBeginning("effective_start + interval '1 second'")],
  [
    'invented',
    `insert into observation_revisions (observation_id, revision, status, value)
                values (${oldest}, 1, 'final', 1)`,
  ],
  ['written without consent', copyBeginning("effective_start - interval '30 days'")],
  [
    'dead letters',
    `insert into dead_letters (patient_id, series, data_type, reason, detail, fingerprint, original)
                    values ($1, 'heart_rate', 'heart_rate', 'not-a-number', 'value', '', '')`,
  ],
  ['coverage claims too much', 'update coverage set stored = stored + 1 where patient_id = $1'],
  [
    'consents are not what was answered',
    `insert into consent_events (patient_id, study_id, concept_id, decision, recorded_by, channel, text_version)
     select patient_id, study_id, concept_id, 'stopped', recorded_by, channel, text_version
     from consent_events where patient_id = $1 order by id desc limit 1`,
  ],
] as const;

it.each(wrongs)('it is noticed and named: %s', async (words, wrong) => {
  const { app } = world;
  const sql = await app.sql.reserve();
  try {
    await sql`begin`;
    await sql.unsafe(wrong, [person.id]);
    const seen = { ...round, world: { ...world, app: { ...app, sql } } };
    expect((await brokenPromises(seen, person)).join('\n')).toContain(words);
  } finally {
    await sql`rollback`;
    sql.release();
  }
});
