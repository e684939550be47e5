import type { Context } from 'hono';
import { findPatient } from '../../db/patients.js';
import { organizationOfPatient } from '../../db/organizations.js';
import type { Sql } from '../../db/sql.js';
import type { PatientFrame } from '../components/patient-layout.js';
import { readerOf } from '../reader.js';
import type { WebEnv } from '../session.js';

const NOBODY = { organization: 'Wearable Exchange', zone: 'UTC' };

/** Nobody's page, in the language of whoever asks. */
export function frameOfNobody(context: Context): PatientFrame {
  return { ...readerOf(context), ...NOBODY };
}

/** Whose pages these are, for the patient behind the session; without one, nobody's. */
export async function frameOf(context: Context<WebEnv>, sql: Sql): Promise<PatientFrame> {
  const session = context.get('session');
  if (session?.patientId == null) return frameOfNobody(context);
  return { ...(await frameOfPatient(context, sql, session.patientId)), signOutCsrf: session.csrf };
}

/** The same for a patient who is not signed in yet, from the invitation at hand. */
export async function frameOfPatient(
  context: Context<WebEnv>,
  sql: Sql,
  patientId: number,
): Promise<PatientFrame> {
  const [patient, organization] = await Promise.all([
    findPatient(sql, patientId),
    organizationOfPatient(sql, patientId),
  ]);
  return {
    ...readerOf(context),
    organization: organization ?? NOBODY.organization,
    zone: patient?.timeZone ?? NOBODY.zone,
  };
}
