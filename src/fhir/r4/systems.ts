export const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
export const SNOMED = 'http://snomed.info/sct';
/** Open mHealth's own mapping to FHIR: statistics and temporal relations. */
export const MFHIR = 'http://www.fhir.org/guides/mfhir/omh_fhir_observation_codes';
/** Names of properties of Open mHealth and IEEE 1752 for which no confirmed code is known. */
export const PROPERTY = 'urn:wearable-exchange:data-point-property';
