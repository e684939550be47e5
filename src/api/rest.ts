import { OpenAPIHono } from '@hono/zod-openapi';
import { clientRoutes } from './clients.js';
import { dataSourceRoutes } from './data-sources.js';
import { invitationRecordRoutes } from './invitation-records.js';
import { invitationRoutes } from './invitations.js';
import { observationRoutes } from './observations.js';
import { openWearablesRoutes } from './open-wearables.js';
import { organizationMemberRoutes } from './organization-members.js';
import { organizationRoutes } from './organizations.js';
import { patientChangeRoutes } from './patient-changes.js';
import { patientConsentRoutes } from './patient-consents.js';
import { patientRoutes } from './patients.js';
import { practitionerRoutes } from './practitioners.js';
import { redeemRoutes } from './redeem.js';
import { settingRoutes } from './settings.js';
import { studyRoutes } from './studies.js';
import { studyPartRoutes } from './study-parts.js';
import { studyPatientRoutes } from './study-patients.js';
import { userRoutes } from './users.js';
import { wearableStatusRoutes } from './wearable-status.js';
import type { ApiEnv, ServerDeps } from './env.js';

const RESOURCES = [
  clientRoutes,
  dataSourceRoutes,
  invitationRecordRoutes,
  invitationRoutes,
  observationRoutes,
  openWearablesRoutes,
  organizationMemberRoutes,
  organizationRoutes,
  patientChangeRoutes,
  patientConsentRoutes,
  patientRoutes,
  practitionerRoutes,
  redeemRoutes,
  settingRoutes,
  studyRoutes,
  studyPartRoutes,
  studyPatientRoutes,
  userRoutes,
  wearableStatusRoutes,
];

/** Everything under /api/v1 that clients of the JupyterHealth Exchange know. */
export function restRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  for (const resource of RESOURCES) routes.route('/', resource(deps));
  return routes;
}
