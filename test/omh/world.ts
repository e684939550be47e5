/** The patient of every test here. */
export const subject = '7c1f0a52-3f0e-4a57-9d43-0d6f1f6b2c11';

/** The value, and everything in it, made unchangeable: a conversion that writes to its sample throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
