/** A span of recorded time the patient agreed to, for one kind of data from one wearable; null end: it stands. */
export interface CoveredInterval {
  readonly studyId: number;
  readonly code: string;
  readonly provider: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  /** Data types of this code that the study asks for by name, beside the one that comes with it. */
  readonly extraDataTypes: readonly string[];
}

/** What may be asked for at Open Wearables for one patient, in one request. */
export interface Readable {
  readonly codes: readonly string[];
  readonly extraDataTypes: readonly string[];
  readonly providers: readonly string[];
  /** The earliest recorded time any of it reaches back to. */
  readonly from: Date;
}

/**
 * What a patient's consents allow to be read now, limited to these providers; undefined when nothing is. Where an
 * agreement stands, reading reaches back over its earlier intervals too, for what came late; the time between them
 * stays out, since the write checks each sample.
 */
export function readableNow(
  intervals: readonly CoveredInterval[],
  connectedProviders: readonly string[],
): Readable | undefined {
  const open = intervals.filter(
    ({ endsAt, provider }) => endsAt === null && connectedProviders.includes(provider),
  );
  if (open.length === 0) return undefined;
  const reached = intervals.filter((interval) =>
    open.some((standing) => isSameAgreement(standing, interval)),
  );
  const unique = (values: readonly string[]) => [...new Set(values)].sort();
  return {
    codes: unique(open.map(({ code }) => code)),
    extraDataTypes: unique(open.flatMap((interval) => interval.extraDataTypes)),
    providers: unique(open.map(({ provider }) => provider)),
    from: new Date(Math.min(...reached.map(({ startsAt }) => startsAt.getTime()))),
  };
}

function isSameAgreement(a: CoveredInterval, b: CoveredInterval): boolean {
  return a.studyId === b.studyId && a.code === b.code && a.provider === b.provider;
}
