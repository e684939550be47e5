import { type Context, Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { mayErasePatient, organizationsToAsk, readableOrganizations } from '../../auth/policies.js';
import { beginErasure, unlessGone } from '../../begin-erasure.js';
import { organizationsNamed, studiesOfPatient } from '../../db/enrolment.js';
import { organizationIdsOf } from '../../db/organizations.js';
import type { Patient } from '../../db/patients.js';
import { erasureReasons } from '../../erasure.js';
import { renderPage } from '../components/render-page.js';
import { valueOf } from '../patient/signed-in.js';
import { ErasePatientPage, type ErasePatientSaid, OthersToAskPage } from '../views/admin/patient/erase.js';
import { erasurePlace, isManager, nameOf, readablePatient } from './asked-patient.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

const PATH = '/patients/:id{[0-9]+}/erase';

/** A manager of every organization of a patient, or an operator, has the patient erased. */
export function erasePatientRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, reading } = deps;
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();

  routes.get(PATH, only('manager'), async (context) => {
    const erasure = await erasurePlace(context, reading, context.req.param('id'));
    if (erasure !== undefined) return context.redirect(erasure, 303);
    const patient = await patientOf(context);
    const mayErase = mayErasePatient(context.get('staff'), patient);
    return context.html(await (mayErase ? formPage(context, patient) : othersPage(context, patient)));
  });

  routes.post(PATH, only('manager'), async (context) => {
    // The same form, sent again: it is under way, or over.
    const erasure = await erasurePlace(context, reading, context.req.param('id'));
    if (erasure !== undefined) return context.redirect(erasure, 303);
    const patient = await patientOf(context);
    const { user } = context.get('staff');
    if (!mayErasePatient(context.get('staff'), patient)) throw new PageRefused('not allowed');
    const form = context.get('form');
    const reason = erasureReasons.find((each) => each === valueOf(form, 'reason'));
    const isMeant = valueOf(form, 'number').trim() === String(patient.id);
    if (reason === undefined || !isMeant) {
      const problems = {
        ...(reason === undefined ? { reason: 'Choose why.' } : {}),
        ...(isMeant ? {} : { number: `Type the patient’s number: ${patient.id}.` }),
      };
      return context.html(await formPage(context, patient, { reason, problems }), 422);
    }
    await beginErasure(deps, {
      ...{ patientId: patient.id, reason, receiptHash: null },
      ...{ askedAs: user.isSuperuser ? 'operator' : 'manager', askedBy: user.id },
    }).catch(unlessGone);
    const begun = await erasurePlace(context, reading, patient.id);
    if (begun === undefined) throw new PageRefused('not found');
    return context.redirect(begun, 303);
  });
  return routes;

  /** With every organization, also those of others: all of them lose the patient. */
  async function patientOf(context: Context<StaffEnv, typeof PATH>): Promise<Patient> {
    const patient = await readablePatient(context, reading, context.req.param('id'));
    if (!isManager(context, patient)) throw new PageRefused('not allowed');
    return { ...patient, organizationIds: await organizationIdsOf(sql, patient.id) };
  }

  async function formPage(context: Context<StaffEnv>, patient: Patient, said: ErasePatientSaid = {}) {
    const organizationIds = readableOrganizations(context.get('staff'));
    const studies = await studiesOfPatient(reading, patient.id, organizationIds);
    return renderPage(
      ErasePatientPage({
        ...{ frame: staffFrame(deps, context), id: patient.id, name: nameOf(patient) },
        studies: studies.filter(({ enrolledAt }) => enrolledAt !== null).map(({ name }) => name),
        ...said,
      }),
    );
  }

  /** Organizations of others are counted, and not named. */
  async function othersPage(context: Context<StaffEnv>, patient: Patient) {
    const staff = context.get('staff');
    const asked = organizationsToAsk(staff, patient.organizationIds);
    const own = asked.filter((id) => staff.roles.has(id));
    return renderPage(
      OthersToAskPage({
        ...{ frame: staffFrame(deps, context), id: patient.id, name: nameOf(patient) },
        own: (await organizationsNamed(reading, own)).map(({ name }) => name),
        others: asked.length - own.length,
      }),
    );
  }
}
