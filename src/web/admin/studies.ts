import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { hasRole, mayManageStudy, readableOrganizations } from '../../auth/policies.js';
import { organizationsNamed } from '../../db/enrolment.js';
import {
  changeStudy,
  createStudy,
  setStudyScopes,
  setStudySources,
  staffStudies,
  staffStudy,
  type StaffStudyDetail,
  studyScopes,
  studySources,
} from '../../db/staff-studies.js';
import { renderPage } from '../components/render-page.js';
import { valueOf, valuesOf } from '../patient/signed-in.js';
import { adminPaths } from '../views/paths.js';
import { StudyPage, type StudyProps } from '../views/admin/study.js';
import { NewStudyPage, StudiesPage } from '../views/admin/studies.js';
import type { StudyTyped } from '../views/admin/study-text.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffFrame } from './staff.js';

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
};

/** Studies: what they ask for, from which wearables, in which words. */
export function studyPageRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql } = deps;
  const routes = new Hono<StaffEnv>();

  routes.get('/studies', async (context) => {
    const studies = await staffStudies(sql, readableOrganizations(context.get('staff')));
    const mayFound = managedOrganizations(context).length > 0;
    return context.html(
      await renderPage(StudiesPage({ frame: staffFrame(deps, context), studies, mayFound })),
    );
  });

  routes.get('/studies/new', async (context) => context.html(await newStudyPage(context)));

  routes.post('/studies', async (context) => {
    const typed = typedIn(context);
    const organization = rowId.safeParse(Number(valueOf(context.get('form'), 'organization')));
    if (!organization.success || !managedOrganizations(context).includes(organization.data))
      throw new PageRefused('not allowed');
    const parsed = studyForm.safeParse(typed);
    if (!parsed.success)
      return context.html(await newStudyPage(context, typed, problemsOf(parsed.error)), 422);
    const { name, description, days } = parsed.data;
    const id = await createStudy(sql, organization.data, { name, description, historyDays: days });
    return context.redirect(`${adminPaths.studies}/${id}?done=created`, 303);
  });

  routes.get('/studies/:id', async (context) => {
    const done = DONE[context.req.query('done') ?? ''];
    return context.html(await studyPage(context, await readableStudy(context), { done }));
  });

  routes.post('/studies/:id', async (context) => {
    const study = await manageableStudy(context);
    const typed = typedIn(context);
    const parsed = studyForm.safeParse(typed);
    if (!parsed.success)
      return context.html(
        await studyPage(context, study, { typed, problems: problemsOf(parsed.error) }),
        422,
      );
    const { name, description, days } = parsed.data;
    await changeStudy(sql, study.id, { name, description, historyDays: days });
    return context.redirect(`${adminPaths.studies}/${study.id}?done=text`, 303);
  });

  routes.post('/studies/:id/scopes', async (context) => {
    const study = await manageableStudy(context);
    await setStudyScopes(sql, study.id, idsIn(context, 'scope'));
    return context.redirect(`${adminPaths.studies}/${study.id}?done=scopes`, 303);
  });

  routes.post('/studies/:id/sources', async (context) => {
    const study = await manageableStudy(context);
    await setStudySources(sql, study.id, idsIn(context, 'source'));
    return context.redirect(`${adminPaths.studies}/${study.id}?done=sources`, 303);
  });
  return routes;

  async function readableStudy(context: Context<StaffEnv>): Promise<StaffStudyDetail> {
    const id = rowId.safeParse(Number(context.req.param('id')));
    const own = readableOrganizations(context.get('staff'));
    const study = id.success ? await staffStudy(sql, id.data, own) : undefined;
    if (study === undefined) throw new PageRefused('not found');
    return study;
  }

  async function manageableStudy(context: Context<StaffEnv>): Promise<StaffStudyDetail> {
    const study = await readableStudy(context);
    if (!mayManageStudy(context.get('staff'), study)) throw new PageRefused('not allowed');
    return study;
  }

  async function studyPage(
    context: Context<StaffEnv>,
    study: StaffStudyDetail,
    said: Pick<StudyProps, 'done' | 'typed' | 'problems'>,
  ): Promise<string> {
    const [scopes, sources] = await Promise.all([studyScopes(sql, study.id), studySources(sql, study.id)]);
    const mayChange = mayManageStudy(context.get('staff'), study);
    return renderPage(
      StudyPage({ frame: staffFrame(deps, context), study, scopes, sources, mayChange, ...said }),
    );
  }

  async function newStudyPage(
    context: Context<StaffEnv>,
    typed?: StudyTyped,
    problems?: Partial<Record<keyof StudyTyped, string>>,
  ): Promise<string> {
    const managed = managedOrganizations(context);
    if (managed.length === 0) throw new PageRefused('not allowed');
    const organizations = await organizationsNamed(sql, managed);
    return renderPage(NewStudyPage({ frame: staffFrame(deps, context), organizations, typed, problems }));
  }
}

function managedOrganizations(context: Context<StaffEnv>): number[] {
  const staff = context.get('staff');
  return readableOrganizations(staff).filter((id) => hasRole(staff, [id], 'member'));
}

function idsIn(context: Context<StaffEnv>, field: string): number[] {
  const ids = valuesOf(context.get('form'), field).map((value) => rowId.safeParse(Number(value)));
  if (!ids.every(({ success }) => success)) throw new PageRefused('not found');
  return ids.flatMap(({ data }) => data ?? []);
}

function typedIn(context: Context<StaffEnv>): StudyTyped {
  const form = context.get('form');
  return {
    name: valueOf(form, 'name'),
    description: valueOf(form, 'description'),
    days: valueOf(form, 'days'),
  };
}

function problemsOf(error: z.ZodError<z.infer<typeof studyForm>>): Partial<Record<keyof StudyTyped, string>> {
  const { name, description, days } = z.flattenError(error).fieldErrors;
  return {
    ...(name?.[0] === undefined ? {} : { name: name[0] }),
    ...(description?.[0] === undefined ? {} : { description: description[0] }),
    ...(days?.[0] === undefined ? {} : { days: days[0] }),
  };
}
