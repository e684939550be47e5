import { coded } from './code.js';
import type { DataType } from './data-type.js';
import { loinc } from './fhir-code.js';

export const SYSTOLIC = 'blood_pressure_systolic';
export const DIASTOLIC = 'blood_pressure_diastolic';

/** Two samples make one reading, so there is no converter of one sample: see `pairBloodPressure`. */
export const bloodPressure: DataType = {
  name: 'blood_pressure',
  ...coded('omh:blood-pressure:4.0', 'Blood pressure'),
  quantity: null,
  beforeFrame: ['systolic_blood_pressure', 'diastolic_blood_pressure'],
  standing: 'extension',
  fhir: {
    category: 'vital-signs',
    codings: [loinc('85354-9', 'Blood pressure panel with all children optional')],
    ucum: null,
  },
  feeds: [{ source: 'ow_normalized', kind: 'sample', series: [SYSTOLIC, DIASTOLIC] }],
  converters: {},
};
