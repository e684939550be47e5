import type { CaughtMail } from '../../dev/servers/mail.js';
import { findPatient } from '../../src/db/patients.js';
import type { TestWorld } from '../helpers/test-world.js';

/** The letters to a patient, oldest first. */
export async function mailsTo({ app, mail }: TestWorld, patientId: number): Promise<CaughtMail[]> {
  const patient = await findPatient(app.sql, patientId);
  return mail.caught.filter(({ to }) => to === patient?.email);
}

/** The link in a letter. */
export function linkIn(mail: CaughtMail | undefined): string {
  const [link] = mail?.text.match(/https?:\/\/\S+/) ?? [];
  if (link === undefined) throw new Error('the letter has no link');
  return link;
}
