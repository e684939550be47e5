import type { Fields, Quantity } from './data-type.js';
import { finite, optionalNumber } from './fields.js';

/** Whole numbers are cut toward zero, never rounded; minus zero becomes zero. */
export function cut(value: number): number {
  return Math.trunc(value) + 0;
}

/** An optional figure, unchanged, with its output unit; the input's own unit is never read. */
export function measured(fields: Fields, name: string, unit: string): Quantity | undefined {
  const value = optionalNumber(fields, name);
  return value === undefined ? undefined : { value, unit };
}

/** An optional figure, cut to a whole number. */
export function counted(fields: Fields, name: string, unit: string, label = name): Quantity | undefined {
  const value = optionalNumber(fields, name, label);
  return value === undefined ? undefined : { value: cut(value), unit };
}

/** An optional number of minutes as whole seconds; scaled first, then cut: 32.5 minutes are 1950 seconds. */
export function secondsOfMinutes(fields: Fields, name: string, label = name): Quantity | undefined {
  const minutes = optionalNumber(fields, name, label);
  return minutes === undefined ? undefined : seconds(finite(minutes * 60, label));
}

export function seconds(value: number): Quantity {
  return { value: cut(value), unit: 'sec' };
}
