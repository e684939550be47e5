import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { pollProgressQuery } from '../../src/workflows/contract.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { pollNow } from '../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

let world: TestWorld;
let temporal: { client: Client; close: () => Promise<void> };
let patient: TestPatient;
beforeAll(async () => {
  world = await startTestWorld();
  temporal = await connectTemporal(world.config);
  patient = await agreedPatient({ ...world.app, sandbox: world.sandbox });
});
afterAll(async () => {
  await temporal.close();
  await world.close();
});

/** Waits until so many workflows are found; they are listed a moment after they began. */
const found = (query: string, count: number) =>
  until(
    `${count} found: ${query}`,
    async () => (await temporal.client.workflow.count(query)).count === count,
  );

it('a poll is found by what began it and how it ended, and tells its progress', async () => {
  await pollNow(world);
  await found("WorkflowType = 'poll' and StartedBy = 'schedule' and Outcome = 'complete'", 1);
  for await (const { workflowId } of temporal.client.workflow.list({ query: "WorkflowType = 'poll'" })) {
    const handle = temporal.client.workflow.getHandle(workflowId);
    expect(await handle.query(pollProgressQuery)).toMatchObject({
      due: 1,
      patients: { 'could not read': 0 },
    });
  }
});

it("a patient's runs are found by the patient's number, those that failed by their outcome", async () => {
  const ours = `PatientRef = '${patient.id}'`;
  await found(`WorkflowType = 'pollPatient' and ${ours} and StartedBy = 'poll'`, 1);
  world.sandbox.control.faults.failNext({ path: /timeseries/ }, { status: 404 });
  await world.app.orchestration.pollPatientNow(patient.id, 'operator');
  await found(`${ours} and StartedBy = 'operator' and Outcome = 'could not read'`, 1);
  const now = Date.now();
  const span = { from: new Date(now - 86_400_000).toISOString(), to: new Date(now).toISOString() };
  await world.app.orchestration.requestBackfill(patient.id, span);
  await found(`WorkflowType = 'backfill' and ${ours} and StartedBy = 'operator' and Outcome = 'done'`, 1);
  await world.app.orchestration.disconnect({ patientId: patient.id, provider: 'oura', asked: true });
  await found(`WorkflowType = 'disconnect' and ${ours} and Provider = 'oura' and StartedBy = 'patient'`, 1);
});
