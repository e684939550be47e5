import { type Context, Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { hasRole } from '../../auth/policies.js';
import { clients } from '../../db/clients.js';
import { findPatient } from '../../db/patients.js';
import { studyOverviews, type StudyOverview } from '../../db/studies.js';
import { issueInvitationFor } from '../../invitations.js';
import { renderPage } from '../components/render-page.js';
import { connectionStateOf } from '../patient/connection-state.js';
import { deviceName } from '../patient/devices.js';
import { valueOf } from '../patient/signed-in.js';
import { HomePage, type HomeProps } from '../views/admin/home.js';
import { adminPaths } from '../views/paths.js';
import type { InvitingClient } from '../views/admin/patient-row.js';
import type { StaffStudy } from '../views/admin/study-patients.js';
import type { Operations } from '../views/admin/operator-box.js';
import { operatorsOnly, type StaffEnv, staffFrame } from './staff.js';

/** Studies and patients of the practitioner's organizations, and for operators the state of the polls. */
export function homeRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, config, settings, orchestration } = deps;
  const routes = new Hono<StaffEnv>();

  routes.get('/', async (context) => context.html(await homePage(context)));

  routes.post('/invitations', async (context) => {
    const staff = context.get('staff');
    const form = context.get('form');
    const id = rowId.safeParse(Number(valueOf(form, 'patient')));
    const patient = id.success ? await findPatient(sql, id.data) : undefined;
    const client = (await clients(sql)).find(({ id }) => String(id) === valueOf(form, 'client'));
    if (patient === undefined || client === undefined || !hasRole(staff, patient.organizationIds, 'member')) {
      return context.html(await homePage(context, { problem: 'You cannot invite this patient.' }), 403);
    }
    const issuedBy = staff.user.id;
    const invitation = await issueInvitationFor(deps, { patientId: patient.id, client, issuedBy });
    const patientName = `${patient.nameGiven} ${patient.nameFamily}`;
    // The link is in this answer and nowhere else, so it cannot follow a redirect.
    return context.html(await homePage(context, { issued: { patientName, ...invitation } }));
  });

  routes.post('/module', operatorsOnly(), async (context) => {
    const on = valueOf(context.get('form'), 'on') === 'true';
    await settings.write('module.ow', String(on), context.get('staff').user.id);
    return context.redirect(adminPaths.home, 303);
  });
  return routes;

  async function homePage(
    context: Context<StaffEnv>,
    said: Pick<HomeProps, 'issued' | 'problem' | 'done'> = {},
  ): Promise<string> {
    const staff = context.get('staff');
    const own = (await clients(sql)).filter(({ invitationUrl }) =>
      invitationUrl.startsWith(`${config.SITE_URL}/clients/ow/`),
    );
    const inviting = own.map(({ id, name }) => ({ id: String(id), name }));
    const overviews = await studyOverviews(sql, [...staff.roles.keys()]);
    const mayInvite = ({ organizationId }: StudyOverview) => hasRole(staff, [organizationId], 'member');
    return renderPage(
      HomePage({
        frame: staffFrame(deps, context),
        studies: overviews.map((overview) => staffStudy(overview, mayInvite(overview) ? inviting : [])),
        operations: staff.user.isSuperuser ? await operations() : undefined,
        ...said,
      }),
    );
  }

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
