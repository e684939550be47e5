import { createHash } from 'node:crypto';

/** Who asked for an erasure, in which role. */
export type AskedAs = 'patient' | 'manager' | 'operator' | 'command line';

/** Why somebody else than the patient has the patient erased. */
export const erasureReasons = ['patient asked', 'withdrawn', 'study over', 'added by mistake'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/**
 * What became of the patient's account at Open Wearables: deleted; emptied, since our key may not delete the account
 * itself, which names nobody; or some of the data remains, since this version cannot delete it.
 */
export type AccountEnd = 'deleted' | 'emptied' | 'remains' | 'no account';

/** What became of the account at Open Wearables, for operators. */
export const accountTexts: Readonly<Record<AccountEnd, string>> = {
  deleted: 'account and data deleted',
  emptied: 'data deleted; the account, which names nobody, needs a developer to sign in there',
  remains: 'data remains: this version cannot delete it; do it there',
  'no account': 'there was no account',
};

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
  /** Null: the patient, or the command line. */
  readonly reason: ErasureReason | null;
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
  const { reason, counts, openWearables, remains } = evidence;
  const parts = [
    // Without a reason as it was before there were any: old tombstones keep their digest.
    ...(reason === null ? ['erasure 1'] : ['erasure 2', reason]),
    ...[erasureId, patientId, organizationIds, askedAs, askedBy, askedAt, endedAt],
    Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1)),
    ...[openWearables, remains.consentEvents, remains.rawObjects, remains.openWearablesUser],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** How many rows were removed in all. */
export function rowsRemoved(counts: Evidence['counts']): number {
  return Object.values(counts).reduce((sum, rows) => sum + rows, 0);
}
