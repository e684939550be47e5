import type { Context } from 'hono';
import { findPatient } from '../../db/patients.js';
import { organizationOfPatient } from '../../db/organizations.js';
import { storedSettings, type StoredSetting } from '../../db/settings.js';
import type { Sql } from '../../db/sql.js';
import type { Contact } from '../components/contact.js';
import type { PatientFrame } from '../components/patient-layout.js';
import { resolveSettings } from '../../settings.js';
import { readerOf } from '../reader.js';
import type { WebEnv } from '../session.js';

const NOBODY = { organization: 'Wearable Exchange', zone: 'UTC' };

/** Nobody's page, in the language of whoever asks. */
export function frameOfNobody(context: Context): PatientFrame {
  return { ...readerOf(context), ...NOBODY };
}

/** The same with whom to ask, as far as the settings say it for everybody. */
export async function frameOfAnybody(context: Context, sql: Sql): Promise<PatientFrame> {
  const contact = contactOf(await storedSettings(sql), '');
  return { ...frameOfNobody(context), contact: contact.name === '' ? undefined : contact };
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
  const [patient, letterhead, settings] = await Promise.all([
    findPatient(sql, patientId),
    organizationOfPatient(sql, patientId),
    storedSettings(sql),
  ]);
  const organization = letterhead?.name ?? NOBODY.organization;
  return {
    ...readerOf(context),
    organization,
    partOf: letterhead?.partOf ?? undefined,
    contact: contactOf(settings, organization, `P-${patientId}`),
    zone: patient?.timeZone ?? NOBODY.zone,
  };
}

/** Whom patients can ask, as the settings say; the reference finds one of them without a name. */
function contactOf(stored: readonly StoredSetting[], organization: string, reference?: string): Contact {
  const plain = stored.filter(({ secret }) => secret === null);
  const settings = resolveSettings(new Map(plain.map(({ key, value }) => [key, value])));
  return {
    name: settings['contact.name'] || organization,
    phone: settings['contact.phone'] || undefined,
    email: settings['contact.email'] || undefined,
    reference,
  };
}
