import { beginErasure } from '../src/begin-erasure.js';
import { erasureOfPatient } from '../src/db/erasures.js';
import { until } from './journey/until.js';
import type { Sandbox } from './open-wearables/sandbox.js';
import type { World } from './world.js';

/** A patient who never had an account at Open Wearables, and one whose data it does not delete. */
export async function playErasures({ app }: World, sandbox: Sandbox, ...patientIds: number[]): Promise<void> {
  sandbox.control.faults.failNext({ method: 'DELETE', path: /data$/ }, { status: 405 }, 9);
  for (const patientId of patientIds) {
    await beginErasure(app, {
      patientId,
      askedAs: 'patient',
      askedBy: null,
      reason: null,
      receiptHash: null,
    });
    await until(
      'the patient is erased',
      async () => (await erasureOfPatient(app.sql, patientId))?.endedAt != null,
    );
  }
}
