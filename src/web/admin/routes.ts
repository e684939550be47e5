import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ServerDeps } from '../../api/env.js';
import { NotRecorded } from '../../audit/requests.js';
import { tellFailure } from '../../failed-requests.js';
import { TooMany } from '../../rate-limits.js';
import { renderPage } from '../components/render-page.js';
import { preferences } from '../preferences.js';
import { sameOriginOnly } from '../same-origin.js';
import { sessions, type WebEnv } from '../session.js';
import { RefusedPage } from '../views/admin/refused.js';
import { UnavailablePage } from '../views/admin/unavailable.js';
import { readerOf } from '../reader.js';
import { accountRoutes } from './account.js';
import { auditRoutes } from './audit.js';
import { deadLetterRoutes } from './dead-letters.js';
import { erasePatientRoutes } from './erase-patient.js';
import { erasureRoutes } from './erasures.js';
import { healthRoutes } from './health.js';
import { homeRoutes } from './home.js';
import { newPatientRoutes } from './new-patient.js';
import { invitationPageRoutes } from './invitations.js';
import { PageRefused, type Refusal } from './page-refused.js';
import { patientRoutes } from './patient.js';
import { patientFigureRoutes } from './patient-figures.js';
import { patientPointRoutes } from './patient-points.js';
import { patientRecordRoutes } from './patient-records.js';
import { patientListRoutes } from './patients.js';
import { settingsRoutes } from './settings.js';
import { signInRoutes } from './sign-in.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';
import { studyPageRoutes } from './studies.js';
import { studyPartRoutes } from './study-parts.js';
import { tokenPageRoutes } from './tokens.js';

const STATUS: Record<Refusal, 403 | 404> = { 'not found': 404, 'not allowed': 403, 'form expired': 403 };

/** The pages of practitioners and operators, one file of routes a page. */
export function adminRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, config, events } = deps;
  const routes = new Hono<WebEnv>();
  routes.use(sameOriginOnly(config.SITE_URL), preferences(config.SITE_URL), sessions(sql, config.SITE_URL));
  routes.route('/', signInRoutes(deps));
  const pages = new Hono<StaffEnv>();
  const parts = [
    homeRoutes,
    patientListRoutes,
    newPatientRoutes,
    patientRoutes,
    erasePatientRoutes,
    erasureRoutes,
    patientRecordRoutes,
    patientFigureRoutes,
    patientPointRoutes,
    invitationPageRoutes,
    studyPageRoutes,
    studyPartRoutes,
    tokenPageRoutes,
    accountRoutes,
    auditRoutes,
    healthRoutes,
    deadLetterRoutes,
    settingsRoutes,
  ];
  for (const part of parts) pages.route('/', part(deps));
  pages.all('*', staffOnly(sql)('practitioner'), () => {
    throw new PageRefused('not found');
  });
  pages.onError(async (error, context) => {
    if (error instanceof PageRefused) return refused(context, error.refusal, STATUS[error.refusal]);
    if (error instanceof TooMany) {
      context.header('Retry-After', String(error.retryAfterSeconds));
      return refused(context, 'too many', 429);
    }
    if (error instanceof HTTPException || error instanceof NotRecorded) throw error;
    tellFailure(events, 'page', error, context.get('requestId'));
    return refused(context, 'failed', 500);
  });
  routes.route('/', pages);
  // Before anybody is known there is no frame with a name in it.
  routes.onError(async (error, context) => {
    if (error instanceof HTTPException || error instanceof NotRecorded) throw error;
    tellFailure(events, 'page', error, context.get('requestId'));
    const { theme } = readerOf(context);
    return context.html(await renderPage(UnavailablePage({ theme })), 500);
  });
  return routes;

  async function refused(
    context: Context<StaffEnv>,
    refusal: Refusal | 'too many' | 'failed',
    status: 403 | 404 | 429 | 500,
  ) {
    return context.html(await renderPage(RefusedPage({ frame: staffFrame(deps, context), refusal })), status);
  }
}
