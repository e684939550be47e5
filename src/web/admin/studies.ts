import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { hasRole, readableOrganizations } from '../../auth/policies.js';
import { organizationsNamed } from '../../db/enrolment.js';
import { staffStudies } from '../../db/staff-studies.js';
import { changeStudy, createStudy } from '../../db/study-records.js';
import { renderPage } from '../components/render-page.js';
import { valueOf } from '../patient/signed-in.js';
import { adminPaths } from '../views/paths.js';
import { NewStudyPage, StudiesPage } from '../views/admin/studies.js';
import type { StudyTyped } from '../views/admin/study-text.js';
import { manageableStudy, readableStudy } from './asked-study.js';
import { formProblems } from './form-problems.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';
import { studyPage } from './study-page.js';

const studyForm = z.object({
  name: z.string().trim().min(1, 'Give the study a name.').max(200, 'At most 200 letters.'),
  description: z.string().trim().min(1, 'Say what it is for: patients read it before they agree.').max(2000),
  days: z.coerce.number().int().min(0, 'A number from 0 to 365.').max(365, 'A number from 0 to 365.'),
});

const DONE: Readonly<Record<string, string>> = {
  created: 'The study is there. Choose what it asks for, and from which wearables.',
  text: 'The text is saved. Patients read it from now on.',
  scopes:
    'The kinds of data are saved. Patients are asked for what is new; what was taken away is not read any more.',
  sources: 'The wearables are saved.',
  clients: 'The clients are saved.',
  client: 'The client is added, and this study uses it.',
  words:
    'The consent text is saved. Patients read it from now on; answers given before keep the version they were given to.',
};

/** Studies: what they ask for, from which wearables, in which words. */
export function studyPageRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, reading } = deps;
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/studies', only('practitioner'), async (context) => {
    const studies = await staffStudies(reading, readableOrganizations(context.get('staff')));
    const mayFound = managedOrganizations(context).length > 0;
    return context.html(
      await renderPage(StudiesPage({ frame: staffFrame(deps, context), studies, mayFound })),
    );
  });

  routes.get('/studies/new', only('member'), async (context) => context.html(await newStudyPage(context)));

  routes.post('/studies', only('member'), async (context) => {
    const typed = typedIn(context);
    const organization = rowId.safeParse(Number(valueOf(context.get('form'), 'organization')));
    if (!organization.success || !managedOrganizations(context).includes(organization.data))
      throw new PageRefused('not allowed');
    const parsed = studyForm.safeParse(typed);
    if (!parsed.success)
      return context.html(await newStudyPage(context, typed, formProblems(parsed.error)), 422);
    const { days: historyDays, ...text } = parsed.data;
    const { id } = await createStudy(sql, {
      ...{ ...text, historyDays, organization: organization.data, iconUrl: null },
    });
    return context.redirect(`${adminPaths.studies}/${id}?done=created`, 303);
  });

  routes.get('/studies/:id', only('practitioner'), async (context) => {
    const done = DONE[context.req.query('done') ?? ''];
    return context.html(await studyPage(deps, context, await readableStudy(context, reading), { done }));
  });

  routes.post('/studies/:id', only('member'), async (context) => {
    const study = await manageableStudy(context, reading);
    const typed = typedIn(context);
    const parsed = studyForm.safeParse(typed);
    if (!parsed.success)
      return context.html(
        await studyPage(deps, context, study, { typed, problems: formProblems(parsed.error) }),
        422,
      );
    const { days: historyDays, ...text } = parsed.data;
    await changeStudy(sql, study.id, { ...text, historyDays });
    return context.redirect(`${adminPaths.studies}/${study.id}?done=text`, 303);
  });
  return routes;

  async function newStudyPage(
    context: Context<StaffEnv>,
    typed?: StudyTyped,
    problems?: Partial<Record<keyof StudyTyped, string>>,
  ): Promise<string> {
    const managed = managedOrganizations(context);
    const organizations = await organizationsNamed(reading, managed);
    return renderPage(NewStudyPage({ frame: staffFrame(deps, context), organizations, typed, problems }));
  }
}

function managedOrganizations(context: Context<StaffEnv>): number[] {
  const staff = context.get('staff');
  return readableOrganizations(staff).filter((id) => hasRole(staff, [id], 'member'));
}

function typedIn(context: Context<StaffEnv>): StudyTyped {
  const form = context.get('form');
  return {
    name: valueOf(form, 'name'),
    description: valueOf(form, 'description'),
    days: valueOf(form, 'days'),
  };
}
