import type { Erasure } from '../db/erasures.js';
import { accountTexts, rowsRemoved } from '../erasure.js';
import { minuteOf } from '../minute-of.js';

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
  const { id, patientId, organizationIds, askedAt, reason, endedAt } = erasure;
  const { counts, openWearables, remains, digest } = erasure;
  return [
    ['erasure', `${id} of patient ${patientId}, organizations ${organizationIds.join(', ') || 'none'}`],
    ['asked', `${minuteOf(askedAt)} by ${askedBy(erasure)}`],
    ...(reason === null ? [] : [['because', reason]]),
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

function askedBy({ askedAs, askedBy: account }: Erasure): string {
  return account === null ? askedAs : `${askedAs} ${account}`;
}
