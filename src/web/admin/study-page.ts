import type { Context } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { mayManageStudy } from '../../auth/policies.js';
import { consentTexts } from '../../db/consent-texts.js';
import { studyClientChoices } from '../../db/study-choices.js';
import { studyScopes, studySources, type StaffStudyDetail } from '../../db/staff-studies.js';
import { renderPage } from '../components/render-page.js';
import { StudyPage, type StudySaid } from '../views/admin/study.js';
import { type StaffEnv, staffFrame } from './staff.js';

/** The page of a study, with what a form has to say about itself. */
export async function studyPage(
  deps: ServerDeps,
  context: Context<StaffEnv>,
  study: StaffStudyDetail,
  said: StudySaid,
): Promise<string> {
  const { reading } = deps;
  const [scopes, sources, clients, texts] = await Promise.all([
    studyScopes(reading, study.id),
    studySources(reading, study.id),
    studyClientChoices(reading, study.id),
    consentTexts(reading, study.id),
  ]);
  const staff = context.get('staff');
  const may = { mayChange: mayManageStudy(staff, study), mayAddClients: staff.user.isSuperuser };
  const frame = staffFrame(deps, context);
  return renderPage(StudyPage({ frame, study, scopes, sources, clients, texts, ...may, ...said }));
}
