import type { ServerDeps } from '../../api/env.js';
import { clients } from '../../db/clients.js';
import { studyOverviews, type StudyOverview } from '../../db/studies.js';
import { renderPage } from '../components/render-page.js';
import { connectionStateOf } from '../patient/connection-state.js';
import { deviceName } from '../patient/devices.js';
import { HomePage, type HomeProps } from '../views/admin/home.js';
import type { InvitingClient } from '../views/admin/patient-row.js';
import type { StaffStudy } from '../views/admin/study-patients.js';
import type { Practitioner } from './practitioner.js';

/** Studies and patients of the practitioner's organizations, and for operators the state of the polls. */
export async function homePage(
  { sql, config, settings }: ServerDeps,
  practitioner: Practitioner,
  said: Pick<HomeProps, 'issued' | 'problem' | 'done'> = {},
): Promise<string> {
  const { user, roles, session } = practitioner;
  const own = (await clients(sql)).filter(({ invitationUrl }) =>
    invitationUrl.startsWith(`${config.SITE_URL}/clients/ow/`),
  );
  const inviting = own.map(({ id, name }) => ({ id: String(id), name }));
  const overviews = await studyOverviews(sql, [...roles.keys()]);
  const moduleOn = (await settings.read())['module.ow'];
  return renderPage(
    HomePage({
      frame: {
        userName: `${user.nameGiven} ${user.nameFamily}`.trim(),
        csrf: session.csrf,
        zone: 'UTC',
        temporalUrl: config.TEMPORAL_UI_URL ?? 'http://localhost:8233',
        apiDocsUrl: '/api/schema/swagger-ui/',
      },
      studies: overviews.map((overview) => staffStudy(overview, inviting)),
      operations: user.isSuperuser ? { moduleOn } : undefined,
      ...said,
    }),
  );
}

function staffStudy(
  { id, name, organization, patients }: StudyOverview,
  inviting: readonly InvitingClient[],
): StaffStudy {
  return {
    id: String(id),
    name,
    organization,
    clients: inviting,
    patients: patients.map((patient) => ({
      id: String(patient.id),
      name: patient.name,
      consent: { asked: patient.asked, agreed: patient.agreed, open: patient.asked - patient.answered },
      connections: patient.connections.map(({ provider, status }) => ({
        name: deviceName(provider),
        state: connectionStateOf(
          { provider, status, connectedAt: null, checkedAt: new Date() },
          { sync: undefined, lastDataAt: undefined, backfill: undefined },
        ),
      })),
    })),
  };
}
