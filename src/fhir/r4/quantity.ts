const UCUM = 'http://unitsofmeasure.org';

/** UCUM codes of the units that Open mHealth writes otherwise; all others are written alike. */
const UCUM_OF: Readonly<Record<string, string>> = {
  'beats/min': '/min',
  'breaths/min': '/min',
  sec: 's',
  Mo: 'mo',
  yr: 'a',
  mmHg: 'mm[Hg]',
  C: 'Cel',
  F: '[degF]',
  'kg/m^2': 'kg/m2',
  lb: '[lb_av]',
  oz: '[oz_av]',
  in: '[in_i]',
  ft: '[ft_i]',
  mi: '[mi_i]',
  steps: '{steps}',
};
/** No code of UCUM says what this level is measured against, as Open mHealth does not tell it. */
const WITHOUT_CODE = ['dB'];

export interface Measure {
  readonly value: number;
  readonly unit: string;
}

export function isMeasure(value: unknown): value is Measure {
  if (typeof value !== 'object' || value === null || !('value' in value) || !('unit' in value)) return false;
  return typeof value.value === 'number' && typeof value.unit === 'string';
}

/** The quantity as it is, under its UCUM code; `code` where the measure is one of a time, e.g. of a day. */
export function quantityOf({ value, unit }: Measure, code = UCUM_OF[unit] ?? unit) {
  if (WITHOUT_CODE.includes(unit)) return { value, unit };
  return { value, unit, system: UCUM, code };
}

/** The profile of body height has no metre. */
export function inCentimetres(measure: Measure): Measure {
  if (measure.unit !== 'm') return measure;
  return { value: Math.round(measure.value * 100 * 1e6) / 1e6, unit: 'cm' };
}
