import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { hasRole, readableOrganizations } from '../../auth/policies.js';
import { readerOf } from '../../auth/reader.js';
import { openDeadLetters } from '../../db/consent-history.js';
import { endingsOf } from '../../db/connection-endings.js';
import { connectionsOf } from '../../db/connections.js';
import { requestedScopes } from '../../db/consents.js';
import { enrolPatient, studiesOfPatient } from '../../db/enrolment.js';
import { birthDateOf, type Patient } from '../../db/patients.js';
import { syncOf } from '../../db/patient-sync.js';
import { countReadable } from '../../db/readable-observations.js';
import { listInvitations } from '../../db/staff-invitations.js';
import { newestSample } from '../../db/cursors.js';
import type { LinkChoice } from '../components/link-choices.js';
import { stateForStaff } from '../components/connection-state.js';
import { renderPage } from '../components/render-page.js';
import { clockTime, shortDate } from '../components/times.js';
import { figure } from '../components/words.js';
import { connectionStateOf } from '../patient/connection-state.js';
import { deviceName } from '../patient/devices.js';
import { valueOf } from '../patient/signed-in.js';
import { CalendarCard } from '../views/admin/patient/calendar-card.js';
import { ChartCards } from '../views/admin/patient/chart-cards.js';
import { OverviewPage } from '../views/admin/patient/overview.js';
import { adminPaths } from '../views/paths.js';
import { erasurePlace, isManager, manageablePatient, mayManage, readablePatient } from './asked-patient.js';
import { dayAndMonth } from './days.js';
import { invitingClients } from './inviting-clients.js';
import { PageRefused } from './page-refused.js';
import { calendarOf } from './patient-calendar.js';
import { chartRanges, type ChartRange, patientCharts } from './patient-charts.js';
import { factsOf } from './patient-facts.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

const MOST_COUNTED = 10_000;
const MOST_INVITATIONS = 5;
const CALENDARS = [30, 90, 180] as const;

const DONE: Readonly<Record<string, string>> = {
  added: 'The patient is added. Invite them next.',
  enrolled: 'The patient is enrolled. They are asked at their next invitation, or on their own page.',
};

const query = z.object({
  days: z.coerce.number().pipe(z.literal(CALENDARS)).catch(90),
  range: z.enum(Object.keys(chartRanges) as [ChartRange]).catch('week'),
});
type Query = z.infer<typeof query>;

/** The page of one patient. */
export function patientRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, reading, orchestration } = deps;
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/patients/:id{[0-9]+}', only('practitioner'), async (context) => {
    const erasure = await erasurePlace(context, reading, context.req.param('id'));
    if (erasure !== undefined) return context.redirect(erasure, 303);
    const patient = await readablePatient(context, reading, context.req.param('id'));
    return context.html(await overview(context, patient, query.parse(context.req.query())));
  });

  routes.post('/patients/:id{[0-9]+}/enrol', only('member'), async (context) => {
    const patient = await manageablePatient(context, reading, context.req.param('id'));
    const study = rowId.safeParse(Number(valueOf(context.get('form'), 'study')));
    const own = await studiesOfPatient(reading, patient.id, readableOrganizations(context.get('staff')));
    const asked = own.find(({ id }) => id === study.data);
    if (asked === undefined) throw new PageRefused('not found');
    if (!mayManage(context, { ...patient, organizationIds: [asked.organizationId] }))
      throw new PageRefused('not allowed');
    await enrolPatient(sql, asked.id, patient.id);
    return context.redirect(`${adminPaths.patients}/${patient.id}?done=enrolled`, 303);
  });
  return routes;

  async function overview(context: Context<StaffEnv>, patient: Patient, asked: Query): Promise<string> {
    const staff = context.get('staff');
    const organizationIds = readableOrganizations(staff);
    const reader = readerOf(staff);
    const every = await requestedScopes(reading, patient.id);
    const scopes = every.filter(({ organizationId }) => organizationIds.includes(organizationId));
    const [calendar, charts, connections, sync, lastDataAt, count, letters, studies, invitations, birth] =
      await Promise.all([
        calendarOf(reading, patient.id, organizationIds, scopes, asked.days),
        patientCharts(reading, reader, patient.id, asked.range),
        connectionsOf(reading, patient.id),
        syncOf(reading, patient.id),
        newestSample(reading, patient.id),
        countReadable(reading, reader, { patientId: patient.id }, MOST_COUNTED),
        openDeadLetters(reading, patient.id),
        studiesOfPatient(reading, patient.id, organizationIds),
        listInvitations(reading, { organizationIds, patientId: patient.id, limit: MOST_INVITATIONS }),
        birthDateOf(reading, patient.id),
      ]);
    const backfill = await orchestration.backfillProgress(patient.id).catch(() => undefined);
    const endings = await endingsOf(reading, patient.id);
    const states = connections.map((connection) => ({
      name: deviceName(connection.provider),
      state: connectionStateOf(connection, {
        ...{ sync, lastDataAt, backfill, now: new Date() },
        endings: endings.filter(({ provider }) => provider === connection.provider),
      }),
    }));
    const home = `${adminPaths.patients}/${patient.id}`;
    const agreed = scopes.filter(({ decision }) => decision === 'agreed').length;
    const when = (at: Date) => `${shortDate(at, patient.timeZone)}, ${clockTime(at, patient.timeZone)}`;
    return renderPage(
      OverviewPage({
        frame: staffFrame(deps, context),
        patient: factsOf(patient, birth),
        states: [
          ...states.map(({ name, state }) => {
            const words = stateForStaff(state);
            return { ...words, word: `${name}: ${words.word.charAt(0).toLowerCase()}${words.word.slice(1)}` };
          }),
          {
            ...(agreed === scopes.length && agreed > 0
              ? ({ tone: 'ok', icon: 'check-circle-fill' } as const)
              : ({ tone: 'idle', icon: 'dash-circle' } as const)),
            word: `${agreed} of ${scopes.length} agreed`,
          },
        ],
        stats: [
          {
            name: 'Completeness',
            value: calendar.percent === null ? '–' : `${calendar.percent} %`,
            about: `${asked.days} days, of what was shown`,
          },
          { name: 'Last data', value: lastDataAt === undefined ? '–' : when(lastDataAt), about: 'measured' },
          {
            name: 'Observations',
            value: count === null ? `over ${figure(MOST_COUNTED)}` : figure(count),
            about: 'that consents cover now',
          },
          {
            name: 'Dead letters',
            value: figure(letters),
            about: letters === 0 ? 'none is open' : 'wait for an operator',
          },
        ],
        children: [
          CalendarCard({
            calendar,
            ranges: CALENDARS.map((days) =>
              rangeOf(home, { ...asked, days }, `${days} days`, days === asked.days),
            ),
            daysHref: `${home}/days`,
          }),
          ChartCards({
            charts,
            ranges: (Object.keys(chartRanges) as ChartRange[]).map((range) =>
              rangeOf(home, { ...asked, range }, chartRanges[range].text, range === asked.range),
            ),
            figuresHref: (type) => `${home}/figures?type=${type}&range=${asked.range}`,
            pointsHref: (type) => `${home}/points?type=${type}&range=${asked.range}`,
            dayText: dayAndMonth,
          }),
        ],
        connections: states,
        ...{ studies, invitations },
        readsAudit: hasRole(staff, patient.organizationIds, 'manager'),
        invite: mayManage(context, patient) ? await invitingClients(deps) : undefined,
        canMail: deps.post.isConfigured,
        mayErase: isManager(context, patient),
        done: DONE[context.req.query('done') ?? ''],
      }),
    );
  }
}

function rangeOf(home: string, { days, range }: Query, text: string, isCurrent: boolean): LinkChoice {
  return { href: `${home}?days=${days}&range=${range}`, text, isCurrent };
}
