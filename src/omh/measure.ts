import type { DataType, Reading } from './data-type.js';
import { identifierOf } from './identity.js';
import type { Measurement, SampleSource } from './measurement.js';

/** A reading with its identifier. */
export function measure(
  type: DataType,
  source: SampleSource,
  reading: Reading,
  subject: string,
): Measurement {
  return {
    dataType: type.name,
    schemaId: type.schemaId,
    identifier: identifierOf(subject, source, type.identityName ?? type.name, reading.key),
    start: reading.frame.start,
    end: reading.frame.end,
    value: reading.value,
    details: reading.details,
    datasheet: reading.datasheet,
    origin: reading.origin,
  };
}
