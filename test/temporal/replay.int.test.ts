import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { connectOura } from '../../dev/journey/patient-pages.js';
import { until } from '../../dev/journey/until.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { type ReplayedRun, replayRuns } from '../../src/temporal/replay.js';
import { command } from '../helpers/command.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { agreedPatient } from '../web/stages.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let world: TestWorld;
let temporal: Awaited<ReturnType<typeof connectTemporal>>;

beforeAll(async () => {
  world = await startTestWorld();
  temporal = await connectTemporal(world.config);
  const stage = await agreedPatient(world);
  await connectOura(stage);
  for (let poll = 0; poll < 3; poll += 1) await stage.poll();
  // Looking a run up is eventually consistent.
  await until('all runs are found', async () => (await temporal.client.workflow.count()).count >= 7);
});
afterAll(async () => {
  await temporal.close();
  await world.close();
});

const replayedBy = (code: string, last = 20) =>
  replayRuns(temporal.client, last, { keys: [], bundle: { code, sourceMap: '' } });
const typesOf = (runs: readonly ReplayedRun[]) => [...new Set(runs.map(({ type }) => type))].sort();

it('this version goes on with every run of the server as it began', async () => {
  const runs = await replayedBy(inject('workflowBundle'));
  expect(typesOf(runs)).toEqual(['backfill', 'connect', 'onboarding', 'poll', 'pollPatient', 'pollShard']);
  expect(runs.filter(({ differs }) => differs !== null)).toEqual([]);
});

it('a version that would go another way is found, run by run', async () => {
  const code = inject('workflowBundle').replaceAll('readFirstPages', 'readFirstPagesBefore');
  const different = (await replayedBy(code)).filter(({ differs }) => differs !== null);
  expect(typesOf(different)).toEqual(['pollPatient']);
  expect(different[0]?.differs).toMatch(/readFirstPages/);
});

it('the command tells how many runs of each workflow it went through, and ends well', async () => {
  const { code, lines } = await command(world, 'replay', '--last', '2');
  expect(lines[0]).toMatch(/^workflow +runs +would go otherwise$/);
  expect(lines).toContainEqual(expect.stringMatching(/^pollPatient +2 +0$/));
  expect(code).toBe(0);
});
