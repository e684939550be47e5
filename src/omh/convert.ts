import type { ConversionContext } from './data-type.js';
import { isFields } from './fields.js';
import { measure } from './measure.js';
import type { Measurement, Rejected, SampleSource } from './measurement.js';
import { dataTypeNamed, isDataTypeName } from './registry.js';
import { orRejected, rejected } from './rejection.js';

export type { ConversionContext } from './data-type.js';

/**
 * What one sample measured, or why it cannot be told. Pure: the same arguments give the same measurement.
 * A sample is one item of the upstream's answer, unchecked; a data type nobody knows is rejected, not an error.
 */
export function convertSample(
  dataType: string,
  source: SampleSource,
  sample: unknown,
  context: ConversionContext,
): Measurement | Rejected {
  const type = isDataTypeName(dataType) ? dataTypeNamed(dataType) : undefined;
  const converter = type?.converters[source];
  if (type === undefined || converter === undefined) return rejected('no-converter', 'data type');
  if (!isFields(sample)) return rejected('not-an-object', 'sample');
  return orRejected(() => measure(type, source, converter(sample, context), context.subject));
}

export function isRejected(outcome: object): outcome is Rejected {
  return 'rejected' in outcome;
}
