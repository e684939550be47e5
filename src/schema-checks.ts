import { renderDataPoint } from './omh/data-point.js';
import type { Measurement } from './omh/measurement.js';
import { loadSchemaValidation, type SchemaValidation } from './schema-validation.js';
import type { Settings } from './settings.js';

/** Checks of what was converted against the official schemas, as often as a setting asks for. */
export interface SchemaChecks {
  /** Where the data point of a measurement breaks its schema; empty when it does not, or is not judged. */
  readonly problemsOf: (
    measurement: Measurement,
    mode: Settings['conversion.schema_check'],
  ) => readonly string[];
}

/** Of the values of four hexadecimal digits, one in a hundred. */
const DIGITS = 4;
const SAMPLED = Math.round(16 ** DIGITS / 100);

/** The schemas are read for the first data point that is judged. */
export function createSchemaChecks(load: () => SchemaValidation = loadSchemaValidation): SchemaChecks {
  let validation: SchemaValidation | undefined;
  return {
    problemsOf(measurement, mode) {
      if (mode === 'off' || (mode === 'sample' && !isSampled(measurement))) return [];
      validation ??= load();
      return validation.problemsOf(renderDataPoint(measurement));
    },
  };
}

/** The identifier decides, as it is a hash: the same row is judged alike at every reading and in every process. */
function isSampled({ identifier }: Measurement): boolean {
  return parseInt(identifier.slice(-DIGITS), 16) < SAMPLED;
}
