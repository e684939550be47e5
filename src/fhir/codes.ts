import { dataTypes } from '../omh/registry.js';
import type { Token } from './tokens.js';

const JHE_SYSTEMS = ['https://w3id.org/openmhealth', 'https://w3id.org/ieee1752'];

/** The names of the data types that a native code asks for: a LOINC or SNOMED CT code, or one of Open mHealth. */
export function dataTypesOf(tokens: readonly Token[]): string[] {
  return dataTypes
    .filter(({ coding, fhir }) =>
      tokens.some((token) => [...fhir.codings, coding].some((code) => isSame(token, code))),
    )
    .map(({ name }) => name);
}

/** The names of the data types of a category (`vital-signs`, `activity`, `laboratory`). */
export function dataTypesOfCategory(tokens: readonly Token[]): string[] {
  const names = new Set(tokens.map(({ code }) => code));
  return dataTypes.filter(({ fhir }) => names.has(fhir.category)).map(({ name }) => name);
}

/** IEEE codes are found under either system of the JupyterHealth Exchange, since its client sends only one of them. */
function isSame(token: Token, coding: { readonly system: string; readonly code: string }): boolean {
  if (token.code !== coding.code) return false;
  const { system } = token;
  return (
    system === null ||
    system === coding.system ||
    (JHE_SYSTEMS.includes(system) && JHE_SYSTEMS.includes(coding.system))
  );
}
