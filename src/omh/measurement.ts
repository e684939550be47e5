import type { DataTypeName } from './registry.js';

/** Which of the two upstream shapes a sample has: the Open Wearables read API, or an Oura v2 item. */
export type SampleSource = 'ow_normalized' | 'oura_raw';

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** Body properties of a data point, in body order. */
export type Details = Readonly<Record<string, JsonValue>>;

/** Where a sample came from, as the upstream names it; part of its identity. */
export interface Origin {
  /** Provider key (`oura`); empty when the sample names none. */
  readonly provider: string;
  /** The upstream's second source word; null when absent or equal to the provider. */
  readonly source: string | null;
  readonly device: string | null;
  /** The time series (`heart_rate`), or the kind of record (`sleep`, `workout`, `summary`). */
  readonly series: string;
}

/**
 * What one sample measured, in the shape an observations row stores; rendering a row gives the data point back,
 * byte for byte.
 */
export interface Measurement {
  readonly dataType: DataTypeName;
  /** Body schema id, `omh:heart-rate:2.0`. */
  readonly schemaId: string;
  /** UUID version 5 of the record's identity; the `header.uuid` of its data point. */
  readonly identifier: string;
  /** Wall time with offset, up to microseconds: `2026-04-09T08:30:00.500000-07:00`. */
  readonly start: string;
  /** As `start`; null for an instant. */
  readonly end: string | null;
  /** The one number of a simple type, in the data type's unit; null for composite types. */
  readonly value: number | null;
  /** Every other body property besides value and time frame, in body order; null when there is none. */
  readonly details: Details | null;
  /** `datasheet_reference` of the one external datasheet; null when the sample names no device or provider. */
  readonly datasheet: string | null;
  readonly origin: Origin;
}

/** Every reason for which a sample is not converted. */
export const rejectionReasons = [
  'not-an-object',
  'no-converter',
  'unknown-series',
  'unknown-shape',
  'missing-field',
  'bad-field',
  'bad-number',
  'bad-text',
  'bad-time',
  'no-time-zone',
  'bad-date',
  'zone-required',
  'unknown-zone',
  'reversed-interval',
  'rejected-sleep-type',
  'schema',
] as const;

export type RejectionReason = (typeof rejectionReasons)[number];

/** A sample that is not converted: bad input (ConversionError), or a body its schema forbids (ValidationError). */
export interface Rejected {
  readonly rejected: true;
  readonly class: 'ConversionError' | 'ValidationError';
  readonly reason: RejectionReason;
  /** The name of the offending field; never its value. */
  readonly detail: string;
}
