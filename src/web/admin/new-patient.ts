import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { concerns } from '../../audit/requests.js';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { hasRole } from '../../auth/policies.js';
import { addPatient, enrolPatient, isTimeZone, organizationsNamed } from '../../db/enrolment.js';
import { staffStudies } from '../../db/staff-studies.js';
import { renderPage } from '../components/render-page.js';
import { type Form, valueOf } from '../patient/signed-in.js';
import { adminPaths } from '../views/paths.js';
import { NewPatientPage, type NewPatientProps } from '../views/admin/new-patient.js';
import { formProblems } from './form-problems.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

const name = z.string().trim().min(1, 'Type the name.').max(100, 'At most 100 letters.');

const patientForm = z.object({
  given: name,
  family: name,
  email: z.string().trim().max(200).pipe(z.email('Type a whole e-mail address.')),
  birth: z.union([z.literal(''), z.iso.date('Type the date as it is on the calendar.')]),
  zone: z.string(),
  organization: z.coerce.number().pipe(rowId),
  study: z.union([z.literal(''), z.coerce.number().pipe(rowId)]),
});

/** Adding a patient: members of the organization may. */
export function newPatientRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, reading } = deps;
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/patients/new', only('member'), async (context) => context.html(await formPage(context, {})));

  routes.post('/patients', only('member'), async (context) => {
    const staff = context.get('staff');
    const typed = typedIn(context.get('form'));
    const parsed = patientForm.safeParse(typed);
    if (!parsed.success) {
      const problems = formProblems(parsed.error);
      return context.html(await formPage(context, { typed, problems }), 422);
    }
    const { given, family, email, birth, zone, organization, study } = parsed.data;
    if (!hasRole(staff, [organization], 'member')) throw new PageRefused('not allowed');
    if (!(await isTimeZone(sql, zone))) {
      const problems = { zone: 'Choose one of the list.' };
      return context.html(await formPage(context, { typed, problems }), 422);
    }
    const id = await addPatient(sql, {
      ...{ organizationId: organization, nameGiven: given, nameFamily: family, email, timeZone: zone },
      birthDate: birth === '' ? null : birth,
    });
    if (id === undefined) {
      // The same words whosever the account is: they tell nothing of other organizations.
      const problems = { email: 'This address cannot be used: an account has it already.' };
      return context.html(await formPage(context, { typed, problems }), 422);
    }
    concerns(context, { patients: [id] });
    if (study !== '') await enrolPatient(sql, study, id);
    return context.redirect(`${adminPaths.patients}/${id}?done=added`, 303);
  });
  return routes;

  async function formPage(
    context: Context<StaffEnv>,
    said: Pick<NewPatientProps, 'typed' | 'problems'>,
  ): Promise<string> {
    const staff = context.get('staff');
    const managed = [...staff.roles.keys()].filter((id) => hasRole(staff, [id], 'member'));
    const [organizations, studies] = await Promise.all([
      organizationsNamed(reading, managed),
      staffStudies(reading, managed),
    ]);
    const frame = staffFrame(deps, context);
    const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
    return renderPage(NewPatientPage({ frame, organizations, studies, zones, ...said }));
  }
}

function typedIn(form: Form) {
  const fields = ['given', 'family', 'email', 'birth', 'zone', 'organization', 'study'] as const;
  return Object.fromEntries(fields.map((field) => [field, valueOf(form, field)])) as Record<
    (typeof fields)[number],
    string
  >;
}
