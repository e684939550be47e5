import { clients } from '../../../src/db/clients.js';
import type { Sql } from '../../../src/db/sql.js';
import { findPractitionerByEmail } from '../../../src/db/users.js';
import { issueInvitationFor } from '../../../src/invitations.js';
import { type HealInput, ids } from '../../../src/workflows/contract.js';
import { DAY_MS, OURA } from '../../helpers/connected-patient.js';
import type { KillStage, Patient } from './stage.js';

/** Begins a workflow for a test; answers its id. */
export async function start(
  { temporal, world: { config } }: KillStage,
  type: string,
  workflowId: string,
  args: unknown[],
): Promise<readonly string[]> {
  await temporal.workflow.start(type, { taskQueue: config.TEMPORAL_TASK_QUEUE, workflowId, args });
  return [workflowId];
}

export async function backfill(
  { world: { app } }: KillStage,
  patientId: number,
  days: number,
): Promise<readonly string[]> {
  const now = Date.now();
  const span = { from: new Date(now - days * DAY_MS).toISOString(), to: new Date(now).toISOString() };
  await app.orchestration.requestBackfill(patientId, span);
  return [ids.backfill(patientId)];
}

/** Heals everybody after a patient. */
export function heal(stage: KillStage, patientId: number): Promise<readonly string[]> {
  const input: HealInput = {
    after: { patientId, provider: OURA.provider },
    tally: { healed: 0, 'still running': 0, 'not possible': 0, failed: 0 },
  };
  return start(stage, 'heal', `${ids.heal}-kill-${patientId}`, [input]);
}

/** An invitation that is redeemed at once. */
export async function beginOnboarding(
  { world: { app, config } }: KillStage,
  { id }: Patient,
): Promise<readonly string[]> {
  const { client, issuedBy } = await invites(app.sql);
  const wish = { patientId: id, client, issuedBy };
  const { id: invitationId, workflowId } = await issueInvitationFor({ ...app, config }, wish);
  await app.orchestration.redeemed(invitationId);
  return [workflowId];
}

export async function invites(sql: Sql) {
  const client = (await clients(sql)).find(({ name }) => name === 'OW Local');
  const issuedBy = await findPractitionerByEmail(sql, 'manager_mary@example.com');
  if (client === undefined || issuedBy === undefined) throw new Error('nobody can invite');
  return { client, issuedBy };
}
