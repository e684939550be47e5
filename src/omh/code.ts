import type { DataType } from './data-type.js';

const OPEN_MHEALTH = 'https://w3id.org/openmhealth';
const IEEE_1752 = 'https://w3id.org/ieee1752';

/** A schema id and the coding its observations carry; the code systems are not the base URIs of the schemas. */
export function coded(schemaId: string, display: string): Pick<DataType, 'schemaId' | 'coding'> {
  const system = schemaId.startsWith('ieee:') ? IEEE_1752 : OPEN_MHEALTH;
  return { schemaId, coding: { system, code: schemaId, display } };
}
