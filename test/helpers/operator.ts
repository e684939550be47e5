import { until } from '../../dev/journey/until.js';
import { markEverybodyDue } from '../../src/db/due-patients.js';
import type { PollResult } from '../../src/workflows/contract.js';
import type { TestWorld } from './test-world.js';

/** Triggers the schedule, as an operator does, and waits for what the poll says. */
export async function pollNow({ app }: Pick<TestWorld, 'app'>): Promise<PollResult> {
  await markEverybodyDue(app.sql);
  const workflowId = await until('no other poll runs', () => app.orchestration.triggerPoll());
  return app.orchestration.pollResult(workflowId);
}

/** A world whose schedule rests, so that a test counts only its own polls. */
export async function resting(world: TestWorld): Promise<TestWorld> {
  await world.app.orchestration.pauseSchedule('a test counts its own polls');
  return world;
}
