import type { Details, JsonValue } from './measurement.js';

/** The properties that are there, in order. A schema never accepts null for an optional property. */
export function present(properties: Readonly<Record<string, JsonValue | undefined>>): Details {
  const details: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined) details[name] = value;
  }
  return details;
}

/** As `present`; null when nothing is there. */
export function presentOrNull(properties: Readonly<Record<string, JsonValue | undefined>>): Details | null {
  const details = present(properties);
  return Object.keys(details).length === 0 ? null : details;
}
