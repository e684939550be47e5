import { brokenPromises } from './oracle.js';
import { welcome } from './person.js';
import { backfill, play, type Round } from './play.js';
import { heal, openOf, reconcile, untilQuiet } from './quiet.js';
import { told, type Script } from './script.js';
import { HISTORY_DAYS, type ChaosWorld } from './world.js';

export interface RoundResult {
  /** From the moment all is well again until nothing moves and the last day is stored. */
  readonly recoveryMs: number;
  readonly roundMs: number;
  /** Every broken promise; none: the round held. */
  readonly broken: readonly string[];
  readonly observations: number;
}

const MINUTE_MS = 60_000;
/** What there is of every patient when a round begins. */
const FIRST = { do: 'samples', series: 'heart_rate', minutesAgo: 30, count: 240, isReadable: true } as const;

/** Plays a script on patients of its own, mends everything, waits until all is quiet, and compares. */
export async function playRound(world: ChaosWorld, script: Script): Promise<RoundResult> {
  const began = performance.now();
  const persons = [];
  for (let nth = 0; nth < script.patients; nth += 1) persons.push(await welcome(world, script.mode));
  const minute = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const round: Round = { world, mode: script.mode, persons, began: minute };
  await world.app.settings.write('ow.ingest_mode', script.mode, null);
  for (const person of persons) {
    await play(round, { ...FIRST, patient: persons.indexOf(person) });
    await backfill(world, person, HISTORY_DAYS);
  }
  const broken: string[] = [];
  for (const step of script.steps)
    await play(round, step).catch((thrown: unknown) => {
      broken.push(`the step cannot be done: ${told(step)}: ${toldError(thrown)}`);
    });
  const healed = performance.now();
  let recoveryMs = NaN;
  try {
    await heal(round);
    await untilQuiet(round);
    recoveryMs = performance.now() - healed;
    await reconcile(round);
  } catch (thrown) {
    broken.push(`stuck: ${toldError(thrown)}`);
  }
  for (const person of persons) broken.push(...(await brokenPromises(round, person)));
  broken.push(...(await leftOpen(world)));
  const observations = await forget(round);
  return { recoveryMs, roundMs: performance.now() - began, broken, observations };
}

function toldError(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Connections of the program that hold a transaction, or wait for a lock, although nothing happens. */
async function leftOpen({ app: { sql } }: ChaosWorld): Promise<string[]> {
  const rows = await sql<{ state: string; query: string }[]>`
    select state, left(query, 80) as query from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
      and (wait_event_type = 'Lock' or clock_timestamp() - state_change > interval '5 seconds')`;
  return rows.map(({ state, query }) => `a connection is left ${state}: ${query}`);
}

/** Leaves the patients of the round alone from now on; answers how much was stored of them. */
async function forget(round: Round): Promise<number> {
  const { world, persons } = round;
  const { sql } = world.app;
  const ids = persons.map(({ id }) => id);
  for (const id of await openOf(round))
    await world.temporal.workflow
      .getHandle(id)
      .terminate()
      .catch(() => undefined);
  await sql`update connections set status = 'revoked' where patient_id = any(${ids})`;
  await sql`delete from due_patients where patient_id = any(${ids})`;
  for (const { owUserId } of persons) world.sandbox.control.deleteUser(owUserId);
  world.sandbox.control.requests.clear();
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from observations where patient_id = any(${ids})`;
  return row?.count ?? 0;
}
