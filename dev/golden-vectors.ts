import { readFileSync, readdirSync } from 'node:fs';
import type { DataPoint } from '../src/omh/data-point.js';
import type { SampleSource } from '../src/omh/measurement.js';

interface Expectation {
  readonly name: string;
  readonly from: 'library' | 'guard' | 'extension';
  readonly options: { readonly tz?: string };
  readonly schema?: string;
}

/** One golden vector: a sample and the data point or the error it must give. */
export interface VectorCase extends Expectation {
  readonly input: unknown;
  readonly expected?: unknown;
  readonly error?: { readonly class: string; readonly reason: string };
}

/** One golden vector of blood pressure: halves in, readings out. */
export interface PairingCase extends Expectation {
  readonly input: readonly unknown[];
  readonly expected: readonly unknown[];
  readonly held_back: readonly number[];
  readonly errors: readonly { readonly index: number; readonly class: string; readonly reason: string }[];
}

interface VectorFile<Case> {
  readonly type: string;
  readonly source: SampleSource;
  readonly schema: string | null;
  readonly cases: readonly Case[];
}

const folder = new URL('./vectors/', import.meta.url);

const isVectorFile = (name: string) =>
  name.endsWith('.json') && !name.startsWith('beyond.') && !name.startsWith('blood_pressure.');

export function readVectors<Case = VectorCase>(name: string): VectorFile<Case> {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as VectorFile<Case>;
}

/** Every file of one sample in, one data point out. */
export function readVectorFiles(): readonly VectorFile<VectorCase>[] {
  return readdirSync(folder)
    .filter(isVectorFile)
    .map((name) => readVectors(name));
}

/** The vectors' word for a rejection: `missing_field:value`, or the reason alone where no field matters. */
export function matchesReason(expected: string, actual: { reason: string; detail: string }): boolean {
  const [reason = '', field] = expected.split(':');
  const ours = actual.reason.replaceAll('-', '_');
  return (
    ours === (reason === 'wrong_series_type' ? 'unknown_series' : reason) &&
    (field ?? actual.detail) === actual.detail
  );
}

/** The data point with the vectors' placeholders for its two values that are ours alone. */
export function withPlaceholders({ header, body }: DataPoint) {
  const uuid = '<uuid>';
  return { header: { ...header, uuid, source_creation_date_time: '<source_creation_date_time>' }, body };
}
