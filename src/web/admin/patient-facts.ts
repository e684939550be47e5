import type { Patient } from '../../db/patients.js';
import type { PatientFacts } from '../views/admin/patient/patient-head.js';
import { nameOf } from './asked-patient.js';
import { dayInFull } from './days.js';

/** What the top of every page of a patient says. */
export function factsOf(patient: Patient, birthDate: string | null): PatientFacts {
  return {
    id: patient.id,
    name: nameOf(patient),
    born: birthDate === null ? undefined : dayInFull(birthDate),
    email: patient.email,
    zone: patient.timeZone,
  };
}
