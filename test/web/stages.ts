import { z } from 'zod';
import { acceptInvitation, agreeToHeartRate } from '../../dev/journey/patient-pages.js';
import { Stage, STUDY } from '../../dev/journey/stage.js';
import type { Page } from '../../dev/journey/visitor.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { attachDataSource } from '../../src/db/studies.js';
import type { TestWorld } from '../helpers/test-world.js';

const OURA = 70004;
let patients = 0;

/** A patient nobody has met, of a study that uses Oura, with a browser of their own. */
export async function newPatient(world: TestWorld): Promise<Stage> {
  patients += 1;
  await attachDataSource(world.app.sql, STUDY.studyId, OURA);
  const all = await ensureDemoPatients(world.app.sql, { ...STUDY, count: patients });
  return Stage.set(world, world.sandbox, all.at(-1)?.id ?? 0);
}

/** Issues an invitation through the API; answers its link. */
export async function invite({ practitioner, patientId }: Stage): Promise<string> {
  const answer = await practitioner.post('/api/v1/invitation', { patientId, clientId: 6 });
  return z.object({ invitationLink: z.url() }).parse(answer).invitationLink;
}

/** A patient whose browser has used the invitation. */
export async function redeemedPatient(world: TestWorld): Promise<Stage> {
  const stage = await newPatient(world);
  await acceptInvitation(stage.visitor, await invite(stage));
  return stage;
}

/** A patient who agreed to Heart Rate and may choose a device. */
export async function agreedPatient(world: TestWorld): Promise<Stage> {
  const stage = await redeemedPatient(world);
  await agreeToHeartRate(stage);
  return stage;
}

/** The patient presses Oura and stands before the vendor's sign-in page. */
export async function leaveForOura({ visitor, world }: Stage): Promise<Page> {
  const devices = await visitor.open(`${world.config.SITE_URL}/ow/devices`);
  return visitor.follow(await visitor.submit(devices, 'form:has(button[value="oura"])'));
}

/** A page of the patient's own. */
export async function openPage({ visitor, world }: Stage, path: string): Promise<Page> {
  return visitor.open(`${world.config.SITE_URL}${path}`);
}
