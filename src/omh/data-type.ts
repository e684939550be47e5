import type { Details, Origin, SampleSource } from './measurement.js';
import type { DataTypeName } from './registry.js';

/** One FHIR coding. */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

/** How a native FHIR Observation names the measure; only codes confirmed by a published guide or schema. */
export interface FhirCode {
  readonly category: 'vital-signs' | 'activity' | 'laboratory';
  readonly codings: readonly Coding[];
  /** UCUM code of `value`; null when there is no single value. */
  readonly ucum: string | null;
}

/** What a data type is read from: time series of Open Wearables, or the records of one endpoint. */
export type Feed =
  | { readonly source: 'ow_normalized'; readonly kind: 'sample'; readonly series: readonly string[] }
  | {
      readonly source: SampleSource;
      readonly kind: 'sample' | 'session' | 'daily';
      readonly endpoint: string;
    };

/** A sample known to be a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** subject: the patient's opaque uuid (identity); timeZone: IANA zone for day frames, null when unknown. */
export interface ConversionContext {
  readonly subject: string;
  readonly timeZone: string | null;
}

/** Times as `at()` writes them; `end` null for an instant. */
export interface Frame {
  readonly start: string;
  readonly end: string | null;
}

/** What a converter reads from one sample, before it gets its identifier. */
export interface Reading {
  readonly frame: Frame;
  readonly value: number | null;
  readonly details: Details | null;
  readonly origin: Origin;
  readonly datasheet: string | null;
  /** The record key of the identity recipe: what makes this record one of its kind. */
  readonly key: readonly string[];
}

/** Reads one sample; ends with `reject` when it cannot. */
export type Converter = (sample: Fields, context: ConversionContext) => Reading;

export interface DataType {
  readonly name: DataTypeName;
  readonly schemaId: string;
  /** The one coding of its observations: system and schema id are the key, the display is text for people. */
  readonly coding: Coding;
  /** Property and unit of the one number; null for composite types. */
  readonly quantity: { readonly property: string; readonly unit: string } | null;
  /** Details that stand before the time frame in the body. */
  readonly beforeFrame: readonly string[];
  /** Core types come with their code; extension types only when a study asks for them. */
  readonly standing: 'core' | 'extension';
  /** The identity recipe's data type, where it is not the name. */
  readonly identityName?: string;
  readonly fhir: FhirCode;
  readonly feeds: readonly Feed[];
  readonly converters: Readonly<Partial<Record<SampleSource, Converter>>>;
}

export type Quantity = { readonly value: number; readonly unit: string };
