import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { agreedPatient, decide, type TestPatient } from '../helpers/connected-patient.js';
import { pollNow, resting } from '../helpers/operator.js';
import { preloaded, type Preloaded } from '../helpers/preloaded.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { layOutProgram, type Program, type WorkerProcess } from '../helpers/worker-process.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let world: TestWorld;
let program: Program;
const clocks: Preloaded[] = [];
beforeAll(async () => {
  world = await resting(await startTestWorld());
  await world.worker.stop();
  program = await layOutProgram(inject('workflowBundle'));
});
afterAll(async () => {
  for (const clock of clocks) await clock.remove();
  await program.remove();
  await world.close();
});

/** A worker whose machine is wrong by so many minutes. */
async function workerOff(minutes: number): Promise<WorkerProcess> {
  const clock = await preloaded(
    `const Right = Date, off = ${minutes * 60_000};
     globalThis.Date = class Date extends Right {
       constructor(...given) { given.length === 0 ? super(Right.now() + off) : super(...given); }
       static now() { return Right.now() + off; }
     };`,
  );
  clocks.push(clock);
  const environment = { ...world.environment, ...clock.environment };
  return program.start('worker', { environment }, () => undefined);
}

const stored = async ({ id }: TestPatient) =>
  (
    await world.app.sql<{ at: Date }[]>`
      select effective_start as at from observations where patient_id = ${id} order by effective_start`
  ).map(({ at }) => at);

it.each([
  ['fast', 60, 1],
  ['slow', -60, 3],
])(
  'a worker whose clock is an hour %s loses nothing, doubles nothing and keeps to the consents',
  async (_, minutes, number) => {
    const { app, sandbox } = world;
    const place = { ...app, sandbox };
    const patient = await agreedPatient(place, number);
    const other = await agreedPatient(place, number + 1);
    const early = heartRates(hoursAgo(6), 60);
    for (const { owUserId } of [patient, other]) sandbox.control.addSamples(owUserId, early);
    await decide(app.sql, other.id, 'stopped', { at: hoursAgo(3) });
    await decide(app.sql, other.id, 'agreed', { at: hoursAgo(2) });
    const wrong = await workerOff(minutes);
    await pollNow(world);
    // Measured before the time that a fast worker thinks it has read up to.
    const late = heartRates(new Date(Date.now() - 4 * 60_000), 4, 1);
    sandbox.control.addSamples(patient.owUserId, late);
    await pollNow(world);
    await wrong.stop();

    const right = await workerOff(0);
    await pollNow(world);
    const last = await pollNow(world);
    await right.stop();
    expect(last).toMatchObject({ created: 0, amended: 0 });
    expect(await stored(patient)).toEqual([...early, ...late].map(({ timestamp }) => timestamp));
    const instants = early.map(({ timestamp }) => timestamp);
    expect(await stored(other)).toEqual(instants.filter((at) => at < hoursAgo(3) || at >= hoursAgo(2)));
  },
);
