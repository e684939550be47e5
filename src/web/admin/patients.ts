import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { concerns } from '../../audit/requests.js';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { hasRole } from '../../auth/policies.js';
import { patientStandings, standings, type StandingList } from '../../db/patient-standings.js';
import { findStudy } from '../../db/studies.js';
import type { LinkChoice } from '../components/link-choices.js';
import { renderPage } from '../components/render-page.js';
import { deviceName } from '../patient/devices.js';
import { valueOf } from '../patient/signed-in.js';
import { adminPaths } from '../views/paths.js';
import { PatientsPage } from '../views/admin/patients.js';
import { type StandingGroup, standingGroups } from '../views/admin/standing-words.js';
import { SILENT_HOURS } from './attention.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';
import { stripsOf } from './strips.js';

const PAGE = 25;
const MOST_FOUND = 100;
const STRIP_DAYS = 14;

/** `7~40012`: where in the order of standings a page goes on. */
const place = z
  .string()
  .regex(/^\d{1,2}~\d{1,10}$/)
  .transform((text) => text.split('~').map(Number))
  .transform(([rank = 0, id = 0]) => ({ standing: standings[rank], id }));

const query = z.object({
  show: z
    .enum(Object.keys(standingGroups) as [StandingGroup])
    .optional()
    .catch(undefined),
  study: z.coerce.number().pipe(rowId).optional().catch(undefined),
  after: place.optional().catch(undefined),
});
type Query = z.infer<typeof query>;

/** The list of patients, and the search that finds some of them by name or address. */
export function patientListRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { reading } = deps;
  const only = staffOnly(deps.sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/patients', only('practitioner'), async (context) => {
    return context.html(await listPage(context, query.parse(context.req.query()), undefined));
  });

  /** Posted, so that a name or an address stands in no URL. */
  routes.post('/patients/search', only('practitioner'), async (context) => {
    const text = valueOf(context.get('form'), 'text').trim();
    if (text === '') return context.redirect(adminPaths.patients, 303);
    return context.html(await listPage(context, {}, text));
  });
  return routes;

  async function listPage(
    context: Context<StaffEnv>,
    asked: Query,
    text: string | undefined,
  ): Promise<string> {
    const staff = context.get('staff');
    const organizationIds = [...staff.roles.keys()];
    const study = asked.study === undefined ? undefined : await findStudy(reading, asked.study);
    if (asked.study !== undefined && (study === undefined || !organizationIds.includes(study.organizationId)))
      throw new PageRefused('not found');
    const limit = text === undefined ? PAGE : MOST_FOUND;
    const after = asked.after?.standing && { standing: asked.after.standing, id: asked.after.id };
    const list = await patientStandings(reading, {
      ...{ organizationIds, text, after, silentHours: SILENT_HOURS, limit },
      studyId: study?.id,
      only: asked.show && standingGroups[asked.show].of,
    });
    const ids = list.patients.map(({ id }) => id);
    concerns(context, { patients: ids });
    const strips = await stripsOf(reading, ids, organizationIds, STRIP_DAYS);
    return renderPage(
      PatientsPage({
        frame: staffFrame(deps, context),
        now: new Date(),
        patients: list.patients.map((patient) => ({
          ...patient,
          strip: strips.get(patient.id) ?? { cells: [], percent: null },
        })),
        total: totalOf(list, undefined),
        before: list.before,
        filters: filtersOf(list, asked),
        next: text === undefined ? nextOf(list, asked) : undefined,
        first: after === undefined ? undefined : addressOf({ ...asked, after: undefined }),
        text,
        study: study && { name: study.name, href: `${adminPaths.studies}/${study.id}` },
        mayAdd: hasRole(staff, organizationIds, 'member'),
        seesErasures: hasRole(staff, organizationIds, 'manager'),
        deviceNames: (keys) => keys.map(deviceName),
      }),
    );
  }
}

function totalOf({ counts }: StandingList, group: StandingGroup | undefined): number {
  const counted = group === undefined ? standings : standingGroups[group].of;
  return counted.reduce((sum, standing) => sum + (counts[standing] ?? 0), 0);
}

function filtersOf(list: StandingList, asked: Query): LinkChoice[] {
  const groups = Object.keys(standingGroups) as StandingGroup[];
  return [undefined, ...groups].map((group) => ({
    href: addressOf({ study: asked.study, show: group }),
    text: group === undefined ? 'All' : standingGroups[group].text,
    isCurrent: asked.show === group,
    count: totalOf(list, group),
  }));
}

function nextOf({ patients, before, counts }: StandingList, asked: Query): string | undefined {
  const last = patients.at(-1);
  const all = totalOf({ patients, before, counts }, asked.show);
  if (last === undefined || before + patients.length >= all) return undefined;
  return addressOf({ ...asked, after: { standing: last.standing, id: last.id } });
}

function addressOf({ show, study, after }: Query): string {
  const words = new URLSearchParams();
  if (show !== undefined) words.set('show', show);
  if (study !== undefined) words.set('study', String(study));
  if (after?.standing !== undefined) words.set('after', `${standings.indexOf(after.standing)}~${after.id}`);
  return words.size === 0 ? adminPaths.patients : `${adminPaths.patients}?${words.toString()}`;
}
