import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ServerDeps } from '../../api/env.js';
import { readableOrganizations } from '../../auth/policies.js';
import { readerOf } from '../../auth/reader.js';
import { consentHistory } from '../../db/consent-history.js';
import { requestedScopes, type RequestedScope } from '../../db/consents.js';
import { birthDateOf, type Patient } from '../../db/patients.js';
import { grouped } from '../../grouped.js';
import { renderPage } from '../components/render-page.js';
import { clockTime, shortDate } from '../components/times.js';
import { figure } from '../components/words.js';
import { ConsentsPage } from '../views/admin/patient/consents.js';
import { DaysPage } from '../views/admin/patient/days.js';
import { FiguresPage, type FiguresProps } from '../views/admin/patient/figures.js';
import { adminPaths } from '../views/paths.js';
import { readablePatient } from './asked-patient.js';
import { dayAndMonth, dayInFull } from './days.js';
import { numberWords } from './observation-words.js';
import { PageRefused } from './page-refused.js';
import { calendarOf, daysBefore, labelOf } from './patient-calendar.js';
import { chartRanges, type ChartRange, patientCharts } from './patient-charts.js';
import { factsOf } from './patient-facts.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

const DAYS = 180;
const DAYS_OF_A_PAGE = 30;
const daysQuery = z.object({ before: z.iso.date().optional().catch(undefined) });
export const chartQuery = z.object({
  type: z.string().regex(/^[a-z0-9_]{1,60}$/),
  range: z.enum(Object.keys(chartRanges) as [ChartRange]).catch('week'),
});

/** What the calendar and the charts are drawn from, in figures; and the consents with their history. */
export function patientFigureRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { reading } = deps;
  const only = staffOnly(deps.sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/patients/:id{[0-9]+}/days', only('practitioner'), async (context) => {
    const patient = await readablePatient(context, reading, context.req.param('id'));
    const { before } = daysQuery.parse(context.req.query());
    const own = readableOrganizations(context.get('staff'));
    const calendar = await calendarOf(reading, patient.id, own, await scopesOf(context, patient), DAYS);
    const shown = daysBefore(calendar, before, DAYS_OF_A_PAGE);
    const home = `${adminPaths.patients}/${patient.id}/days`;
    const [oldest = ''] = shown.days;
    const pager = {
      text: `${dayAndMonth(oldest)} to ${dayAndMonth(shown.days.at(-1) ?? '')}, of the last ${DAYS} days`,
      first: before === undefined ? undefined : home,
      next: oldest === calendar.days[0] ? undefined : `${home}?before=${oldest}`,
    };
    return context.html(
      await renderPage(DaysPage({ ...(await head(context, patient)), rows: shown.rows, pager })),
    );
  });

  routes.get('/patients/:id{[0-9]+}/consents', only('practitioner'), async (context) => {
    const patient = await readablePatient(context, reading, context.req.param('id'));
    const own = readableOrganizations(context.get('staff'));
    const history = await consentHistory(reading, patient.id, own);
    const studies = [...grouped(await scopesOf(context, patient), ({ studyId }) => studyId)].map(
      ([id, lines]) => ({ id, name: lines[0]?.studyName ?? '', lines }),
    );
    return context.html(
      await renderPage(ConsentsPage({ ...(await head(context, patient)), studies, history })),
    );
  });

  routes.get('/patients/:id{[0-9]+}/figures', only('practitioner'), async (context) => {
    const patient = await readablePatient(context, reading, context.req.param('id'));
    const asked = chartQuery.safeParse(context.req.query());
    if (!asked.success) throw new PageRefused('not found');
    const { type, range } = asked.data;
    const charts = await patientCharts(reading, readerOf(context.get('staff')), patient.id, range);
    const band = charts.bands.find(({ dataType }) => dataType === type);
    const column = charts.columns.find(({ dataType }) => dataType === type);
    const zone = patient.timeZone;
    const figures: Pick<FiguresProps, 'columns' | 'lines'> =
      band !== undefined
        ? {
            columns: ['Average', 'Lowest', 'Highest', 'Measurements', 'Corrected'],
            lines: band.pieces.map(({ at, mean, low, high, count, corrected }) => ({
              when: `${shortDate(at, zone)}, ${clockTime(at, zone)}`,
              values: [mean, low, high, count, corrected].map(numberWords),
            })),
          }
        : {
            columns: ['Total', 'Corrected'],
            lines: (column?.totals ?? []).map(({ day, total, corrected }) => ({
              when: dayInFull(day),
              values: [numberWords(total), figure(corrected)],
            })),
          };
    return context.html(
      await renderPage(
        FiguresPage({
          ...(await head(context, patient)),
          label: band?.kind.label ?? column?.kind.label ?? labelOf(type),
          unit: band?.unit ?? column?.unit ?? '',
          columns: figures.columns,
          lines: [...figures.lines].reverse(),
        }),
      ),
    );
  });
  return routes;

  async function head(context: Context<StaffEnv>, patient: Patient) {
    return {
      frame: staffFrame(deps, context),
      patient: factsOf(patient, await birthDateOf(reading, patient.id)),
    };
  }

  async function scopesOf(context: Context<StaffEnv>, patient: Patient): Promise<RequestedScope[]> {
    const own = readableOrganizations(context.get('staff'));
    return (await requestedScopes(reading, patient.id)).filter(({ organizationId }) =>
      own.includes(organizationId),
    );
  }
}
