import { type Erasure, endedEvidence } from '../db/erasures.js';
import { type AccountEnd, digestOf, rowsRemoved } from '../erasure.js';
import { minuteOf } from '../minute-of.js';

/** What became of the account at Open Wearables, for operators. */
export const accountTexts: Readonly<Record<AccountEnd, string>> = {
  deleted: 'account and data deleted',
  emptied: 'data deleted; the account, which names nobody, needs a developer to sign in there',
  remains: 'data remains: this version cannot delete it; do it there',
  'no account': 'there was no account',
};

export const headings = ['erasure', 'patient', 'asked', 'by', 'ended', 'rows', 'open wearables'] as const;

export function inOneLine(erasure: Erasure): string[] {
  const { id, patientId, askedAt, endedAt, counts, openWearables } = erasure;
  return [
    ...[String(id), String(patientId), minuteOf(askedAt), askedBy(erasure)],
    ...[endedAt === null ? 'runs' : minuteOf(endedAt), String(rowsRemoved(counts)), openWearables ?? '-'],
  ];
}

/** The record in full. `intact`: undefined while it runs. */
export function described(erasure: Erasure, intact: boolean | undefined): string[][] {
  const { id, patientId, organizationIds, askedAt, endedAt, counts, openWearables, remains, digest } =
    erasure;
  return [
    ['erasure', `${id} of patient ${patientId}, organizations ${organizationIds.join(', ') || 'none'}`],
    ['asked', `${minuteOf(askedAt)} by ${askedBy(erasure)}`],
    ['ended', endedAt === null ? 'not yet' : minuteOf(endedAt)],
    ...Object.entries(counts)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, rows]) => [`removed from ${name}`, String(rows)]),
    ['at Open Wearables', openWearables === null ? 'not yet' : accountTexts[openWearables]],
    ...(remains === null
      ? []
      : [
          ['remains', `${remains.consentEvents} consent events, by number`],
          ...(remains.rawObjects > 0
            ? [['remains', `${remains.rawObjects} raw payloads in the storage of Open Wearables`]]
            : []),
          ...(remains.openWearablesUser === null ? [] : [['user there', remains.openWearablesUser]]),
        ]),
    ...(digest === null
      ? []
      : [['digest', `${digest}, ${intact === true ? 'as recorded' : 'CHANGED SINCE'}`]]),
  ];
}

/** Whether the digest fits what is recorded; undefined while it runs. */
export function isIntact(erasure: Erasure): boolean | undefined {
  const evidence = endedEvidence(erasure);
  return evidence === undefined ? undefined : digestOf(evidence) === erasure.digest;
}

function askedBy({ askedAs, askedBy: account }: Erasure): string {
  return account === null ? askedAs : `${askedAs} ${account}`;
}
