import type { Coding } from './data-type.js';

export function loinc(code: string, display: string): Coding {
  return { system: 'http://loinc.org', code, display };
}

export function snomed(code: string, display: string): Coding {
  return { system: 'http://snomed.info/sct', code, display };
}
