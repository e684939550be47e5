import { type Context, Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { mayReadErasure } from '../../auth/policies.js';
import { organizationsNamed } from '../../db/enrolment.js';
import { type Erasure, findErasure, isIntact, listErasures } from '../../db/erasures.js';
import { findUser } from '../../db/users.js';
import { ids } from '../../workflows/contract.js';
import { renderPage } from '../components/render-page.js';
import { erasureSteps } from '../erasure-steps.js';
import { ErasurePage } from '../views/admin/erasure.js';
import { ErasuresPage } from '../views/admin/erasures.js';
import { temporalAddress } from '../views/admin/operations/temporal-link.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';
import { temporalUi } from './temporal-ui.js';

const LISTED = 25;

/** Erasures, under way and over: for managers of the organizations that lost a patient, and for operators. */
export function erasureRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { reading, orchestration } = deps;
  const only = staffOnly(deps.sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/erasures', only('manager'), async (context) => {
    const before = rowId.safeParse(Number(context.req.query('before'))).data ?? null;
    const { user, roles } = context.get('staff');
    const managed = [...roles].flatMap(([id, role]) => (role === 'manager' ? [id] : []));
    const found = await listErasures(reading, user.isSuperuser ? null : managed, LISTED + 1, before);
    const erasures = found.slice(0, LISTED);
    const next = found.length > LISTED ? erasures.at(-1)?.id : undefined;
    return context.html(
      await renderPage(ErasuresPage({ frame: staffFrame(deps, context), erasures, before, next })),
    );
  });

  routes.get('/erasures/:id{[0-9]+}', only('manager'), async (context) => {
    const id = rowId.safeParse(Number(context.req.param('id')));
    const erasure = id.success ? await findErasure(reading, id.data) : undefined;
    if (erasure === undefined || !mayReadErasure(context.get('staff'), erasure))
      throw new PageRefused('not found');
    return context.html(await erasurePage(context, erasure));
  });
  return routes;

  async function erasurePage(context: Context<StaffEnv>, erasure: Erasure): Promise<string> {
    const { roles, user } = context.get('staff');
    const own = erasure.organizationIds.filter((id) => roles.has(id));
    const { askedBy, askedAs, endedAt, patientId } = erasure;
    const [organizations, asker, progress] = await Promise.all([
      organizationsNamed(reading, own),
      askedBy === null || askedAs === 'patient' ? undefined : findUser(reading, askedBy),
      endedAt === null ? orchestration.erasureProgress(patientId).catch(() => undefined) : undefined,
    ]);
    const run = temporalAddress(temporalUi(deps), { id: ids.erasure(patientId) });
    return renderPage(
      ErasurePage({
        ...{ frame: staffFrame(deps, context), erasure, isIntact: isIntact(erasure) },
        ...{ asker: asker && `${asker.nameGiven} ${asker.nameFamily}`.trim(), steps: erasureSteps(progress) },
        organizations: organizations.map(({ name }) => name),
        run: user.isSuperuser ? run : undefined,
      }),
    );
  }
}
