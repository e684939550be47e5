import type { DataPoint } from '../../src/omh/data-point.js';

/** The patient of every test here. */
export const subject = '7c1f0a52-3f0e-4a57-9d43-0d6f1f6b2c11';

/** The data point with the vectors' placeholders for its two values that are ours alone. */
export function withPlaceholders({ header, body }: DataPoint) {
  const uuid = '<uuid>';
  return { header: { ...header, uuid, source_creation_date_time: '<source_creation_date_time>' }, body };
}

/** The value, and everything in it, made unchangeable: a conversion that writes to its sample throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
