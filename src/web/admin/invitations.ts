import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { concerns } from '../../audit/requests.js';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { hasRole, readableOrganizations } from '../../auth/policies.js';
import { clients } from '../../db/clients.js';
import { countInvitations, type InvitationLine, listInvitations } from '../../db/staff-invitations.js';
import { issueInvitationFor, sendInvitation, takeInvitationBack } from '../../invitations.js';
import type { LinkChoice } from '../components/link-choices.js';
import { renderPage } from '../components/render-page.js';
import { integrationLog } from '../patient/integration-log.js';
import { valueOf } from '../patient/signed-in.js';
import { en } from '../texts/en.js';
import { adminPaths } from '../views/paths.js';
import { InvitationPage } from '../views/admin/invitation.js';
import { InvitationsPage } from '../views/admin/invitations.js';
import { IssuedInvitationPage } from '../views/admin/issued-invitation.js';
import { manageablePatient, nameOf } from './asked-patient.js';
import { invitingClients } from './inviting-clients.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

const PAGE = 25;
const SHOWN = [
  ['issued', 'Not opened'],
  ['redeemed', 'Opened'],
  ['expired', 'Ended'],
  ['cancelled', 'Cancelled'],
  ['reissued', 'Replaced'],
] as const;
const states = SHOWN.map(([status]) => status);

const query = z.object({
  status: z.enum(states).optional().catch(undefined),
  before: z.coerce.number().pipe(rowId).optional().catch(undefined),
});

const DONE: Readonly<Record<string, string>> = {
  sent: 'The invitation is on its way by e-mail.',
  cancelled: 'The invitation is cancelled: its link opens nothing.',
};

/** Invitations: issued, looked up with their log, cancelled. */
export function invitationPageRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { reading, orchestration, post, limits } = deps;
  const only = staffOnly(deps.sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/invitations', only('practitioner'), async (context) => {
    const organizationIds = readableOrganizations(context.get('staff'));
    const { status, before } = query.parse(context.req.query());
    const [counts, found] = await Promise.all([
      countInvitations(reading, organizationIds),
      listInvitations(reading, { organizationIds, status, beforeId: before, limit: PAGE + 1 }),
    ]);
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const filters: LinkChoice[] = [
      { href: adminPaths.invitations, text: 'All', isCurrent: status === undefined, count: all },
      ...SHOWN.map(([each, text]) => ({
        ...{ href: addressOf(each), text, isCurrent: status === each, count: counts[each] ?? 0 },
      })),
    ];
    const invitations = found.slice(0, PAGE);
    concerns(context, { invitations: invitations.map(({ id }) => id) });
    return context.html(
      await renderPage(
        InvitationsPage({
          frame: staffFrame(deps, context),
          ...{ invitations, filters },
          next: found.length > PAGE ? addressOf(status, invitations.at(-1)?.id) : undefined,
          first: before === undefined ? undefined : addressOf(status),
        }),
      ),
    );
  });

  routes.post('/invitations', only('member'), async (context) => {
    const form = context.get('form');
    const patient = await manageablePatient(context, reading, valueOf(form, 'patient'));
    concerns(context, { patients: [patient.id] });
    const client = (await clients(reading)).find(({ id }) => String(id) === valueOf(form, 'client'));
    if (client === undefined) throw new PageRefused('not found');
    const wish = { patientId: patient.id, client, issuedBy: context.get('staff').user.id };
    if (valueOf(form, 'by') === 'mail' && post.isConfigured) {
      await limits.take('letter of a practitioner', String(wish.issuedBy));
      const { id } = await sendInvitation(deps, wish);
      return context.redirect(`${adminPaths.invitations}/${id}?done=sent`, 303);
    }
    const { link, expiresAt } = await issueInvitationFor(deps, wish);
    // The link is in this answer and nowhere else, so it cannot follow a redirect.
    const frame = staffFrame(deps, context);
    return context.html(
      await renderPage(
        IssuedInvitationPage({ frame, patient: { id: patient.id, name: nameOf(patient) }, link, expiresAt }),
      ),
    );
  });

  routes.get('/invitations/:id', only('practitioner'), async (context) => {
    const invitation = await readableInvitation(context);
    const done = DONE[context.req.query('done') ?? ''];
    return context.html(
      await renderPage(
        InvitationPage({
          frame: staffFrame(deps, context),
          ...{ invitation, done },
          log: await integrationLog({ reading, orchestration }, invitation.id, en),
          invite: mayChange(context, invitation) ? await invitingClients(deps) : undefined,
          canMail: post.isConfigured,
        }),
      ),
    );
  });

  routes.post('/invitations/:id/cancel', only('member'), async (context) => {
    const invitation = await readableInvitation(context);
    if (!mayChange(context, invitation)) throw new PageRefused('not allowed');
    await takeInvitationBack(deps, invitation.id);
    return context.redirect(`${adminPaths.invitations}/${invitation.id}?done=cancelled`, 303);
  });
  return routes;

  async function readableInvitation(context: Context<StaffEnv>): Promise<InvitationLine> {
    const id = rowId.safeParse(Number(context.req.param('id')));
    const organizationIds = readableOrganizations(context.get('staff'));
    const [invitation] = id.success
      ? await listInvitations(reading, { organizationIds, id: id.data, limit: 1 })
      : [];
    if (invitation === undefined) throw new PageRefused('not found');
    return invitation;
  }
}

function mayChange(context: Context<StaffEnv>, { organizationIds }: InvitationLine): boolean {
  return hasRole(context.get('staff'), organizationIds, 'member');
}

function addressOf(status: string | undefined, before?: number): string {
  const words = new URLSearchParams();
  if (status !== undefined) words.set('status', status);
  if (before !== undefined) words.set('before', String(before));
  return words.size === 0 ? adminPaths.invitations : `${adminPaths.invitations}?${words.toString()}`;
}
