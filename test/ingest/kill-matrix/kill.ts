import { expect } from 'vitest';
import { until } from '../../../dev/journey/until.js';
import { requestsThat } from '../../helpers/reconciler.js';
import type { Cell } from './cells.js';
import { closeGate, rowsAt, type Gate } from './gates.js';
import type { KillStage, Patient } from './stage.js';

/** A run, as it was before its worker was killed. */
export interface Run {
  readonly workflowId: string;
  readonly runId: string;
}

/** A cell that is held, or was killed. */
export interface Killed {
  readonly cell: Cell;
  readonly patient: Patient;
  /** Of the cell's workflow, then those that it is a part of. */
  readonly runs: readonly Run[];
}

type Held = Killed & { readonly gate: Gate | undefined; readonly rows: number };

/** Longer than a request may take. */
const HELD_MS = 60_000;

/** Brings each cell to its moment, then kills the worker: one kill for all of them. */
export async function killAll(
  stage: KillStage,
  cells: readonly (readonly [Cell, Patient])[],
): Promise<Killed[]> {
  const { link, keeper } = stage;
  await stage.startWorker();
  const held: Held[] = [];
  for (const [cell, patient] of cells) held.push(await hold(stage, cell, patient));
  const beating = held.filter(({ cell }) => cell.moment === 'during a heartbeat');
  for (const { runs } of beating) await heartbeatOf(stage, runs);
  // From here on Temporal hears nothing more.
  await link.set({ kind: 'stall' });
  for (const { cell, gate } of held)
    if (cell.moment === 'after the commit, before it is told') await gate?.open();
  if (beating.length > 0)
    await until('a heartbeat is on its way', async () => Promise.resolve(link.keptBack > 0));
  await stage.killWorker();
  for (const { cell, gate, rows } of held) {
    if (gate === undefined || cell.moment === 'after the commit, before it is told') continue;
    await gate.breakOff();
    expect(await rowsAt(keeper, gate.place), `${cell.workflow} ${cell.moment}`).toBe(rows);
  }
  // Whoever was about to send a letter is gone for as long as a claim is kept.
  await keeper`update sent_mails set claimed_at = claimed_at - interval '1 hour' where sent_at is null`;
  return held;
}

async function hold(stage: KillStage, cell: Cell, patient: Patient): Promise<Held> {
  return cell.hold === 'fetch' ? holdFetch(stage, cell, patient) : holdWrite(stage, cell, patient);
}

async function holdFetch(stage: KillStage, cell: Cell, patient: Patient): Promise<Held> {
  const { control } = stage.world.sandbox;
  const { fetch } = cell.row;
  if (typeof fetch !== 'function') throw new Error(`${cell.workflow} fetches nothing`);
  let isHeld = false;
  const isMeant = (request: (typeof control.requests)[number]) => {
    const isIt = !isHeld && fetch(patient, request);
    isHeld ||= isIt;
    return isIt;
  };
  control.faults.failNext(
    { path: requestsThat({ ...stage.world.sandbox, control }, isMeant) },
    { status: 503, delayMs: HELD_MS },
  );
  const runs = await begin(stage, cell, patient);
  await until(`the request of ${cell.workflow} is held`, async () => Promise.resolve(isHeld));
  return { cell, patient, runs: await runsOf(stage, runs), gate: undefined, rows: 0 };
}

async function holdWrite(stage: KillStage, cell: Cell, patient: Patient): Promise<Held> {
  const { write } = cell.row;
  if (typeof write !== 'function') throw new Error(`${cell.workflow} writes nothing`);
  const isMade = cell.moment === 'inside the write' || cell.moment === 'after the commit, before it is told';
  const gate = await closeGate(stage.keeper, { ...write(patient), when: isMade ? 'after' : 'before' });
  const runs = await begin(stage, cell, patient);
  await gate.reached();
  const rows = await rowsAt(stage.keeper, gate.place);
  return { cell, patient, runs: await runsOf(stage, runs), gate, rows };
}

function begin(stage: KillStage, cell: Cell, patient: Patient): Promise<readonly string[]> {
  return cell.row.begin(stage, patient);
}

export async function runsOf({ temporal }: KillStage, workflowIds: readonly string[]): Promise<Run[]> {
  return Promise.all(
    workflowIds.map(async (workflowId) => {
      const { runId } = await temporal.workflow.getHandle(workflowId).describe();
      return { workflowId, runId };
    }),
  );
}

/** Waits until Temporal has heard that the first of these runs works. */
async function heartbeatOf({ temporal }: KillStage, [run]: readonly Run[]): Promise<void> {
  const handle = temporal.workflow.getHandle(run?.workflowId ?? '');
  await until(`a heartbeat of ${run?.workflowId} was heard`, async () => {
    const { raw } = await handle.describe();
    return raw.pendingActivities?.some(({ lastHeartbeatTime }) => lastHeartbeatTime != null);
  });
}
