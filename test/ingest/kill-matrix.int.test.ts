import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { ids } from '../../src/workflows/contract.js';
import { cursorsAhead } from '../helpers/measured-load.js';
import { cells, continuing, kills, type Cell } from './kill-matrix/cells.js';
import { killWhileContinuing } from './kill-matrix/continue-as-new.js';
import { killAll, type Killed, type Run } from './kill-matrix/kill.js';
import { backfill, beginOnboarding } from './kill-matrix/begin.js';
import { isComplete } from './kill-matrix/rows.js';
import { KillStage, type Patient } from './kill-matrix/stage.js';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 600_000 });

const all = cells();
const planned = kills(all);
let stage: KillStage;
const patients = new Map<Cell, Patient>();
const killed = new Map<Cell, Killed>();
const others: Patient[] = [];

beforeAll(async () => {
  stage = await KillStage.set();
  let number = 0;
  // Who is healed comes last, the first kill's at the very end: a night heals everybody after a patient.
  const isHealed = ({ workflow }: Cell) => workflow === 'heal';
  const inOrder = [...all.filter((cell) => !isHealed(cell)), ...planned.flat().filter(isHealed).reverse()];
  for (const cell of inOrder) {
    number += 1;
    const { isNewcomer = false, hoursAgo } = cell.row;
    patients.set(cell, isNewcomer ? await stage.newcomer(number) : await stage.enrol(number, hoursAgo));
  }
  for (const cellsOfKill of planned) {
    const withPatients = cellsOfKill.map((cell) => [cell, patientOf(cell)] as const);
    for (const each of await killAll(stage, withPatients)) killed.set(each.cell, each);
    const read = all.filter(({ row }) => row.check === isComplete);
    await expectNoCursorAhead(read.map(patientOf));
  }
  await stage.startWorker();
});
afterAll(async () => {
  await stage.close();
});

it.each(all.map((cell) => [cell.workflow, cell.moment, cell] as const))(
  '%s, killed %s, goes on under the same run id to its one end',
  async (_workflow, _moment, cell) => {
    const [run, ...above] = killed.get(cell)?.runs ?? [];
    if (run === undefined) throw new Error('the cell was not killed');
    expectAnswer(await endOf(run), cell.row.answers);
    for (const each of above) await endOf(each);
    await cell.row.check?.(stage, patientOf(cell));
  },
);

it.each(continuing())(
  '$workflow, killed while it continues as new, goes on as one new run',
  async ({ begin, answers }) => {
    await stage.killWorker();
    const run = await killWhileContinuing(stage, () => begin(stage, [...patients.values()]));
    await stage.startWorker();
    const { temporal } = stage;
    expectAnswer(await temporal.workflow.getHandle(run.workflowId).result(), answers);
    const { raw } = await temporal.workflow.getHandle(run.workflowId).describe();
    expect(
      raw.workflowExtendedInfo?.originalStartTime ?? raw.workflowExecutionInfo?.firstRunId,
    ).toBeDefined();
    expect(raw.workflowExecutionInfo?.firstRunId).toBe(run.runId);
    const { events } = await temporal.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
    const last = events?.at(-1);
    expect(last?.workflowExecutionContinuedAsNewEventAttributes).toBeTruthy();
    // What the killed worker had decided was not heard: another one decided it.
    expect(events?.some((event) => event.workflowTaskTimedOutEventAttributes)).toBe(true);
  },
);

it('what is asked for while no worker lives is heard by the next one', async () => {
  await stage.killWorker();
  const { orchestration } = stage.world.app;
  const newest = Math.max(...[...patients.values()].map(({ number }) => number));
  const [rested, ended, told, asked] = [
    await stage.enrol(newest + 1),
    await stage.enrol(newest + 2),
    await stage.enrol(newest + 3),
    await stage.enrol(newest + 4),
  ];
  const invited = await stage.newcomer(newest + 5);
  for (const { id } of [rested, ended, asked]) await backfill(stage, id, 2);
  await orchestration.steerBackfill(rested.id, 'pause');
  await orchestration.steerBackfill(ended.id, 'cancel');
  await backfill(stage, asked.id, 20);
  await orchestration.nudge(told.id);
  const [onboarding = ''] = await beginOnboarding(stage, invited);
  await stage.temporal.workflow.getHandle(onboarding).signal('declined');

  await stage.startWorker();
  const backfillIs = (state: string, { id }: Patient) =>
    until(`the backfill of ${id} is ${state}`, async () => {
      const progress = await orchestration.backfillProgress(id).catch(() => undefined);
      return progress?.state === state && progress;
    });
  expect(await backfillIs('paused', rested)).toMatchObject({ daysDone: 0 });
  expect(await backfillIs('cancelled', ended)).toMatchObject({ seen: 0 });
  expect((await backfillIs('done', asked)).daysTotal).toBeGreaterThan(19);
  expect(await stage.temporal.workflow.getHandle(ids.pollPatient(told.id)).result()).toMatchObject({
    ...{ outcome: 'new data', created: told.shown.length },
  });
  expect(await stage.temporal.workflow.getHandle(onboarding).result()).toBe('declined');
  await orchestration.steerBackfill(rested.id, 'resume');
  await backfillIs('done', rested);
  for (const patient of [rested, told, asked]) {
    await isComplete(stage, patient);
    others.push(patient);
  }
});

it('no cursor is ahead, nothing good is a dead letter, and each page adds up', async () => {
  // What Open Wearables fetched in the last healing is still being read; what was lost would be ahead for ever.
  const everybody = [...patients.values(), ...others];
  await until('what came last is read', async () => (await ahead(everybody)).length === 0, 60_000);
  expect([...(await stage.keeper`select * from dead_letters`)]).toEqual([]);
  for (const page of stage.pages) {
    const outcomes = ['created', 'amended', 'unchanged', 'rejected', 'withheld', 'held'];
    expect(outcomes.reduce((sum, outcome) => sum + Number(page[outcome]), 0)).toBe(page['seen']);
  }
  expect(stage.world.sandbox.control.defects).toEqual([]);
});

async function expectNoCursorAhead(of: readonly Patient[]): Promise<void> {
  expect(await ahead(of)).toEqual([]);
}

function ahead(of: readonly Patient[]): Promise<string[]> {
  const seen = of.map((patient) => stage.seen(patient));
  return cursorsAhead(stage.keeper, seen);
}

function patientOf(cell: Cell): Patient {
  const patient = patients.get(cell);
  if (patient === undefined) throw new Error('the cell has no patient');
  return patient;
}

/** What this very run answers: it neither failed on the way nor went on as another one. */
async function endOf({ workflowId, runId }: Run): Promise<unknown> {
  const run = stage.temporal.workflow.getHandle(workflowId, runId);
  const result: unknown = await run.result();
  expect((await run.describe()).status.name).toBe('COMPLETED');
  return result;
}

function expectAnswer(answer: unknown, expected: unknown): void {
  if (typeof expected === 'string') expect(answer).toBe(expected);
  else expect(answer).toMatchObject(expected as object);
}
