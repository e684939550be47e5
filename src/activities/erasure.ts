import { cancellationSignal } from '@temporalio/activity';
import { externalIdOf } from '../accounts.js';
import { eraseFrom, eraseObservations, eraseRawObjects, erasedTables } from '../db/erased-tables.js';
import { recordAuditEvents } from '../db/audit-events.js';
import { concludeErasure, findErasure, forgetPerson, stopAllConsents } from '../db/erasures.js';
import { runsToEnd } from '../db/erasure-runs.js';
import { findPatient, type Patient } from '../db/patients.js';
import type { AccountEnd } from '../erasure.js';
import { NamedError } from '../errors.js';
import type { OpenWearables } from '../open-wearables/client.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import type { ErasureInput, RemovedRows } from '../workflows/erasure-contract.js';
import type { ActivityDeps } from './deps.js';

/** Rows a statement: short locks, and a memory that does not grow with the history. */
const BATCH = 2_000;
/** After so long the workflow tells how far it is. */
const TURN_MS = 20_000;

export function erasureActivities({ sql, openWearables, orchestration, events }: ActivityDeps) {
  return {
    /** Records that nothing is agreed to any more: from here on no write about the patient goes through. */
    async withdrawConsents(input: ErasureInput): Promise<number> {
      const count = await stopAllConsents(sql, input);
      if (count > 0) events.consentsRecorded({ patientId: input.patientId, count, channel: 'erasure' });
      return count;
    },

    /** Ends what reads, waits or writes letters for the patient; what it was doing just then is refused by the write. */
    async endRunsOf({ patientId }: ErasureInput): Promise<number> {
      return orchestration.endRunsOf(patientId, await runsToEnd(sql, patientId));
    },

    /** Removes rows, batch by batch, for a while; running twice removes what is left. */
    async removeRecords(input: ErasureInput): Promise<RemovedRows> {
      const until = Date.now() + TURN_MS;
      let rows = 0;
      for (const removeSome of removals(input)) {
        for (;;) {
          cancellationSignal().throwIfAborted();
          const removed = await removeSome();
          rows += removed;
          if (removed < BATCH) break;
          if (Date.now() > until) return { rows, isDone: false };
        }
      }
      await forgetPerson(sql, input);
      return { rows, isDone: true };
    },

    /** Disconnects and deletes at Open Wearables whatever its version and our key allow; says how far that went. */
    async endAccount({ patientId }: ErasureInput): Promise<AccountEnd> {
      const patient = await findPatient(sql, patientId);
      if (patient === undefined) return 'no account';
      const ow = await openWearablesOf(patient);
      if (ow === undefined) return 'no account';
      const owUserId = patient.owUserId ?? (await ow.findUser(externalIdOf(patient.reference)));
      if (owUserId === undefined) return 'no account';
      const isEmptied = await emptyAccount(ow, owUserId);
      if (await ow.deleteUser(owUserId, cancellationSignal())) return 'deleted';
      return isEmptied ? 'emptied' : 'remains';
    },

    /** Closes the tombstone if nothing is left; answers in how many places something is. */
    async concludeErasure(input: ErasureInput, end: AccountEnd): Promise<number> {
      const { left, evidence } = await concludeErasure(sql, input, end);
      if (evidence !== undefined) events.erased(evidence);
      if (left.length === 0) await tellTrail(input.erasureId);
      return left.length;
    },
  };

  /** The chain of the audit trail keeps the digest: neither can be changed without the other. */
  async function tellTrail(erasureId: number): Promise<void> {
    const erasure = await findErasure(sql, erasureId);
    if (erasure?.digest == null) return;
    const { patientId, organizationIds, digest } = erasure;
    await recordAuditEvents(sql, [
      {
        ...{ actor: { kind: 'service' }, action: 'patient erased', outcome: 'allowed' },
        why: `erasure ${erasureId}, sha256 ${digest}`,
        ...{ patients: [patientId], organizations: organizationIds },
      },
    ]);
  }

  function* removals(input: ErasureInput): Generator<() => Promise<number>> {
    for (const table of erasedTables) yield () => eraseFrom(sql, table, input, BATCH);
    yield () => eraseObservations(sql, input, BATCH);
    yield () => eraseRawObjects(sql, input, BATCH);
  }

  /** Undefined: it was never set up, and the patient never had an account there. */
  async function openWearablesOf(patient: Patient): Promise<OpenWearables | undefined> {
    try {
      return await openWearables();
    } catch (thrown) {
      const isUnset = thrown instanceof NamedError && thrown.name === 'NotConfigured';
      if (isUnset && patient.owUserId === null) return undefined;
      throw thrown;
    }
  }
}

/** Disconnects every wearable and deletes its data there; false: of one it could not. */
async function emptyAccount(ow: OpenWearables, owUserId: string): Promise<boolean> {
  let isEmptied = true;
  for (const { provider } of await ow.connections(owUserId, cancellationSignal())) {
    try {
      if (await ow.purge(owUserId, provider, cancellationSignal())) continue;
      await ow.disconnect(owUserId, provider, cancellationSignal());
    } catch (thrown) {
      if (!(thrown instanceof OpenWearablesFailure) || thrown.kind !== 'BadRequest') throw thrown;
    }
    isEmptied = false;
  }
  return isEmptied;
}
