import { findPatient } from '../../db/patients.js';
import { organizationOfPatient } from '../../db/organizations.js';
import type { Session } from '../../db/sessions.js';
import type { Sql } from '../../db/sql.js';
import type { PatientFrame } from '../components/patient-layout.js';

const NOBODY: PatientFrame = { organization: 'wearable-exchange', zone: 'UTC' };

/** Whose pages these are, for the patient behind the session; without one, nobody's. */
export async function frameOf(sql: Sql | undefined, session: Session | undefined): Promise<PatientFrame> {
  if (sql === undefined || session?.patientId == null) return NOBODY;
  return { ...(await frameOfPatient(sql, session.patientId)), signOutCsrf: session.csrf };
}

/** The same for a patient who is not signed in yet, from the invitation at hand. */
export async function frameOfPatient(sql: Sql, patientId: number): Promise<PatientFrame> {
  const [patient, organization] = await Promise.all([
    findPatient(sql, patientId),
    organizationOfPatient(sql, patientId),
  ]);
  return { organization: organization ?? NOBODY.organization, zone: patient?.timeZone ?? NOBODY.zone };
}
