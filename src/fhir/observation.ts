import { type DataPoint, renderDataPoint } from '../omh/data-point.js';
import type { DataTypeName } from '../omh/registry.js';
import type { Details } from '../omh/measurement.js';
import { instantFromUtc } from '../omh/time-frame.js';

/** The columns of an observation that its FHIR rendering needs; times as UTC text. */
export interface ObservationSource {
  readonly id: number;
  readonly patientId: number;
  readonly userId: number;
  readonly dataSourceId: number;
  readonly dataSourceName: string;
  readonly status: string;
  readonly system: string;
  readonly code: string;
  readonly display: string;
  readonly dataType: string;
  readonly identifierSystem: string;
  readonly identifier: string;
  readonly startUtc: string;
  readonly startOffset: number;
  readonly endUtc: string | null;
  readonly endOffset: number | null;
  readonly value: number | null;
  readonly details: Record<string, unknown> | null;
  readonly datasheet: string | null;
  readonly updatedUtc: string;
  /** What a client posted, as it came; null for what was read from Open Wearables. */
  readonly posted: Posted | null;
}

/** A data point of another's making, and its identifiers there. */
export interface Posted {
  readonly document: { readonly header: Fields; readonly body: Fields };
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The Open mHealth data point of a stored row; the same row gives the same bytes. */
export function dataPointOf(row: ObservationSource): DataPoint | Posted['document'] {
  if (row.posted !== null) return row.posted.document;
  return renderDataPoint({
    dataType: row.dataType as DataTypeName,
    schemaId: row.code,
    identifier: row.identifier,
    start: instantFromUtc(row.startUtc, row.startOffset),
    end: row.endUtc === null ? null : instantFromUtc(row.endUtc, row.endOffset ?? row.startOffset),
    value: row.value,
    details: row.details as Details | null,
    datasheet: row.datasheet,
  });
}

/** The FHIR R5 Observation as the JupyterHealth Exchange serves it: one coding, the data point as attachment. */
export function renderObservation(row: ObservationSource) {
  const attachment = Buffer.from(JSON.stringify(dataPointOf(row)), 'utf8').toString('base64');
  return {
    resourceType: 'Observation' as const,
    id: String(row.id),
    meta: { lastUpdated: row.updatedUtc, source: 'https://jupyterhealth.org/jhe' },
    ...identifiersOf(row),
    status: row.status,
    code: { coding: [{ system: row.system, code: row.code, display: row.display }] },
    ...effective(row),
    ...referencesOf(row, row.dataSourceName),
    valueAttachment: { contentType: 'application/json', data: attachment },
  };
}

/** Ours, or those that the client gave to what it posted. */
export function identifiersOf({ posted, identifierSystem, identifier }: ObservationSource) {
  const identifiers = posted?.identifiers ?? [{ system: identifierSystem, value: identifier }];
  return identifiers.length === 0 ? {} : { identifier: identifiers };
}

/** Whose observation it is and what measured it, as both releases write them. */
export function referencesOf(row: ObservationSource, device: string) {
  return {
    subject: {
      reference: `Patient/${row.patientId}`,
      identifier: {
        system: 'https://jupyterhealth.org/fhir/identifier/jhe-user-id',
        value: String(row.userId),
      },
    },
    device: { reference: `Device/${row.dataSourceId}`, display: device },
  };
}

function effective({ startUtc, endUtc }: ObservationSource) {
  const start = instantFromUtc(startUtc, 0);
  return endUtc === null
    ? { effectiveDateTime: start }
    : { effectivePeriod: { start, end: instantFromUtc(endUtc, 0) } };
}
