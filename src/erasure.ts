import { createHash } from 'node:crypto';

/** Who asked for an erasure, in which role. */
export type AskedAs = 'patient' | 'manager' | 'operator' | 'command line';

/**
 * What became of the patient's account at Open Wearables: deleted; emptied, since our key may not delete the account
 * itself, which names nobody; or some of the data remains, since this version cannot delete it.
 */
export type AccountEnd = 'deleted' | 'emptied' | 'remains' | 'no account';

/** What an erasure leaves where it is, since it is proof, or not ours to delete. */
export interface Remains {
  /** What was agreed to, declined and stopped, by numbers: proof of why data was held, and that it ended. */
  readonly consentEvents: number;
  /** Objects of raw payloads that were read; the storage is Open Wearables', and is only read from here. */
  readonly rawObjects: number;
  /** The opaque id there, where something of it remains: who has the right deletes it by this. */
  readonly openWearablesUser: string | null;
}

/** The tombstone: what was asked, done and left, in numbers and codes. No name, no address, no measurement. */
export interface Evidence {
  readonly erasureId: number;
  readonly patientId: number;
  readonly organizationIds: readonly number[];
  readonly askedAs: AskedAs;
  readonly askedBy: number | null;
  /** ISO times. */
  readonly askedAt: string;
  readonly endedAt: string;
  /** Removed rows by table. */
  readonly counts: Readonly<Record<string, number>>;
  readonly openWearables: AccountEnd;
  readonly remains: Remains;
}

/** SHA-256 over the evidence in a fixed order, in hexadecimal: a tombstone that was changed since does not match it. */
export function digestOf(evidence: Evidence): string {
  const { erasureId, patientId, organizationIds, askedAs, askedBy, askedAt, endedAt } = evidence;
  const { counts, openWearables, remains } = evidence;
  const parts = [
    ...['erasure 1', erasureId, patientId, organizationIds, askedAs, askedBy, askedAt, endedAt],
    Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1)),
    ...[openWearables, remains.consentEvents, remains.rawObjects, remains.openWearablesUser],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** How many rows were removed in all. */
export function rowsRemoved(counts: Evidence['counts']): number {
  return Object.values(counts).reduce((sum, rows) => sum + rows, 0);
}
