import type { Fields } from './data-type.js';
import { reject } from './rejection.js';

/** Whether a value is a JSON object: not null, not a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function has(fields: Fields, name: string): boolean {
  return Object.hasOwn(fields, name);
}

/** The number of a field, unchanged; numbers as text, booleans, NaN and infinities are no numbers here. */
export function requiredNumber(fields: Fields, name: string, label = name): number {
  return optionalNumber(fields, name, label) ?? reject('missing-field', label);
}

/** As `requiredNumber`; undefined when the field is absent or null. */
export function optionalNumber(fields: Fields, name: string, label = name): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') return reject('bad-number', label);
  return finite(value, label);
}

/** The number, if it is finite; minus zero becomes zero, as JSON text has it. */
export function finite(value: number, label: string): number {
  return Number.isFinite(value) ? value + 0 : reject('bad-number', label);
}

/** The object of a field; an empty one when the field is absent or null. */
export function optionalFields(fields: Fields, name: string): Fields {
  const value = fields[name];
  if (value === undefined || value === null) return {};
  return isFields(value) ? value : reject('bad-field', name);
}

/** A non-empty text, or null for anything else. A text that no database can hold is rejected. */
export function textOrNull(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? storable(value, name) : null;
}

/** Characters that no database text can hold: NUL, and half of a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** The text, unless no database can hold it. */
export function storable(text: string, label: string): string {
  return UNSTORABLE.test(text) ? reject('bad-text', label) : text;
}
