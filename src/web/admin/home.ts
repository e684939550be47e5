import type { ServerDeps } from '../../api/env.js';
import { hasRole } from '../../auth/policies.js';
import { clients } from '../../db/clients.js';
import { studyOverviews, type StudyOverview } from '../../db/studies.js';
import { renderPage } from '../components/render-page.js';
import { connectionStateOf } from '../patient/connection-state.js';
import { deviceName } from '../patient/devices.js';
import { HomePage, type HomeProps } from '../views/admin/home.js';
import type { InvitingClient } from '../views/admin/patient-row.js';
import type { StaffStudy } from '../views/admin/study-patients.js';
import type { Operations } from '../views/admin/operator-box.js';
import type { Practitioner } from './practitioner.js';

/** Studies and patients of the practitioner's organizations, and for operators the state of the polls. */
export async function homePage(
  { sql, config, settings, orchestration }: ServerDeps,
  practitioner: Practitioner,
  said: Pick<HomeProps, 'issued' | 'problem' | 'done'> = {},
): Promise<string> {
  const { user, roles, session } = practitioner;
  const own = (await clients(sql)).filter(({ invitationUrl }) =>
    invitationUrl.startsWith(`${config.SITE_URL}/clients/ow/`),
  );
  const inviting = own.map(({ id, name }) => ({ id: String(id), name }));
  const overviews = await studyOverviews(sql, [...roles.keys()]);
  const mayInvite = ({ organizationId }: StudyOverview) => hasRole(practitioner, [organizationId], 'member');
  return renderPage(
    HomePage({
      frame: {
        userName: `${user.nameGiven} ${user.nameFamily}`.trim(),
        csrf: session.csrf,
        zone: 'UTC',
        temporalUrl: config.TEMPORAL_UI_URL ?? 'http://localhost:8233',
        apiDocsUrl: '/api/schema/swagger-ui/',
      },
      studies: overviews.map((overview) => staffStudy(overview, mayInvite(overview) ? inviting : [])),
      operations: user.isSuperuser ? await operations() : undefined,
      ...said,
    }),
  );

  async function operations(): Promise<Operations> {
    const schedule = await orchestration.pollSchedule().catch(() => undefined);
    const moduleOn = (await settings.read())['module.ow'];
    return { moduleOn, nextPollAt: schedule?.paused === false ? schedule.next : undefined };
  }
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
          {
            sync: patient.sync ? { ...patient.sync, polledAt: new Date(patient.sync.polledAt) } : undefined,
            lastDataAt: patient.lastDataAt === null ? undefined : new Date(patient.lastDataAt),
            backfill: undefined,
          },
        ),
      })),
    })),
  };
}
