import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { readerOf } from '../../auth/reader.js';
import { chartSpan, rawPoints } from '../../db/chart-figures.js';
import { birthDateOf } from '../../db/patients.js';
import { renderPage } from '../components/render-page.js';
import { PointsPage } from '../views/admin/patient/points.js';
import { adminPaths } from '../views/paths.js';
import { readablePatient } from './asked-patient.js';
import { PageRefused } from './page-refused.js';
import { labelOf } from './patient-calendar.js';
import { aboutOf, chartRanges, type ChartRange } from './patient-charts.js';
import { factsOf } from './patient-facts.js';
import { chartQuery } from './patient-figures.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

/** A minute apart, for 90 days. */
const MOST_POINTS = 130_000;

/** The view that is zoomed, and what it loads. */
export function patientPointRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { reading } = deps;
  const only = staffOnly(deps.sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/patients/:id{[0-9]+}/points', only('practitioner'), async (context) => {
    const patient = await readablePatient(context, reading, context.req.param('id'));
    const asked = chartQuery.safeParse(context.req.query());
    if (!asked.success) throw new PageRefused('not found');
    const { type, range } = asked.data;
    const home = `${adminPaths.patients}/${patient.id}`;
    const { kind, unit } = aboutOf(type);
    const words = (each: ChartRange) => new URLSearchParams({ type, range: each }).toString();
    return context.html(
      await renderPage(
        PointsPage({
          frame: staffFrame(deps, context),
          patient: factsOf(patient, await birthDateOf(reading, patient.id)),
          ...{ label: labelOf(type), hue: kind.hue, unit },
          pointsUrl: `${home}/points.json?${words(range)}`,
          figuresHref: `${home}/figures?${words(range)}`,
          ranges: (Object.keys(chartRanges) as ChartRange[]).map((each) => ({
            ...{
              href: `${home}/points?${words(each)}`,
              text: chartRanges[each].text,
              isCurrent: each === range,
            },
          })),
        }),
      ),
    );
  });

  routes.get('/patients/:id{[0-9]+}/points.json', only('practitioner'), async (context) => {
    const patient = await readablePatient(context, reading, context.req.param('id'));
    const asked = chartQuery.safeParse(context.req.query());
    if (!asked.success) throw new PageRefused('not found');
    const { from, to } = await chartSpan(reading, patient.id, chartRanges[asked.data.range].days);
    const wanted = { patientId: patient.id, from, to, dataType: asked.data.type };
    return context.json(await rawPoints(reading, readerOf(context.get('staff')), wanted, MOST_POINTS));
  });
  return routes;
}
