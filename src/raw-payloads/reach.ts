import { createHash } from 'node:crypto';
import type { CoveredInterval } from '../consent.js';
import type { DataType } from '../omh/data-type.js';

/** What the consents of one patient let raw payloads be read for. */
export interface Reach {
  readonly intervals: readonly CoveredInterval[];
  readonly dataTypes: readonly DataType[];
  /** The earliest recorded time any of it reaches back to. */
  readonly from: Date;
  /** The same for the same consents: objects that were read under others are read again. */
  readonly digest: Buffer;
}

export function reachOf(
  intervals: readonly CoveredInterval[],
  dataTypes: readonly DataType[],
  from: Date,
): Reach {
  const spans = intervals.map(({ code, startsAt, endsAt }) => JSON.stringify([code, startsAt, endsAt]));
  const names = dataTypes.map(({ name }) => name);
  const text = JSON.stringify([[...new Set(spans)].sort(), [...names].sort()]);
  return { intervals, dataTypes, from, digest: createHash('sha256').update(text).digest() };
}
