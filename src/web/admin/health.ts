import { Hono, type Context } from 'hono';
import { concerns } from '../../audit/requests.js';
import type { ServerDeps } from '../../api/env.js';
import { readableOrganizations } from '../../auth/policies.js';
import { requestHistory } from '../../backfills.js';
import { markEverybodyDue } from '../../db/due-patients.js';
import { findPatient } from '../../db/patients.js';
import { markPollAsked, pollsSince } from '../../db/polls.js';
import { renderPage } from '../components/render-page.js';
import { valueOf } from '../patient/signed-in.js';
import { AttentionPage } from '../views/admin/operations/attention.js';
import { BackfillFormPage } from '../views/admin/operations/backfill-form.js';
import type { RunningBackfill } from '../views/admin/operations/backfills-card.js';
import { HealthPage } from '../views/admin/operations/health.js';
import { adminPaths } from '../views/paths.js';
import { attentionPage, wantedAfter } from './attention.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';
import { temporalUi } from './temporal-ui.js';

const DAY_MS = 86_400_000;
const POLLS = 200;
const NEEDY = 10;
const BACKFILLS = 10;
const MOST_DAYS = 3650;

/** How soon an open page looks again by itself. */
export const REFRESH_SECONDS = 20;

/** What the last form did, by the word in the address: nobody can make the page say anything else. */
const DONE: Readonly<Record<string, { readonly text: string; readonly query?: string }>> = {
  run: { text: 'The poll is asked to start now.' },
  runs: { text: 'A poll runs already; nothing was started beside it.' },
  pause: { text: 'The schedule rests. What runs goes on.' },
  resume: { text: 'The schedule runs by the clock again.' },
  reconcile: {
    text: 'The comparison with Open Wearables has started. Temporal shows how far it is.',
    query: "WorkflowType = 'reconcile'",
  },
  backfill: { text: 'The history is being read back.' },
  'backfill-pause': { text: 'The backfill rests before its next window.' },
  'backfill-resume': { text: 'The backfill goes on.' },
  'backfill-cancel': { text: 'The backfill was cancelled. What is stored stays.' },
};

/** Sync health: is all well, and the levers; for every practitioner, whose data does not arrive. */
export function healthRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, reading, orchestration, oversight, health } = deps;
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/attention', only('practitioner'), async (context) => {
    const staff = context.get('staff');
    const organizationIds = staff.user.isSuperuser ? null : readableOrganizations(staff);
    const found = await attentionPage(reading, organizationIds, wantedAfter(context.req.query('after')), 50);
    return context.html(await renderPage(AttentionPage({ frame: staffFrame(deps, context), ...found })));
  });

  routes.get('/health', only('superuser'), async (context) => {
    const now = new Date();
    const verdict = await health.recent();
    const [polls, attention, backfills] = await Promise.all([
      pollsSince(sql, new Date(now.getTime() - DAY_MS), POLLS).catch(() => undefined),
      attentionPage(reading, null, null, NEEDY).catch(() => undefined),
      runningBackfills().catch(() => []),
    ]);
    context.header('Refresh', `${REFRESH_SECONDS}; url=${adminPaths.health}`);
    const page = HealthPage({
      ...{ frame: staffFrame(deps, context), temporal: temporalUi(deps), verdict },
      ...{ polls, attention, backfills, now, done: DONE[context.req.query('done') ?? ''] },
    });
    return context.html(await renderPage(page));
  });

  routes.post('/health/schedule', only('superuser'), async (context) => {
    const word = valueOf(context.get('form'), 'do');
    const { id } = context.get('staff').user;
    if (word === 'run') return seeHealth(context, (await runNow(id)) ? 'run' : 'runs');
    if (word === 'pause') await oversight.pause('poll', `by account ${id}`);
    else if (word === 'resume') await oversight.resume('poll', `by account ${id}`);
    else throw new PageRefused('not found');
    return seeHealth(context, word);
  });

  routes.post('/health/reconcile', only('superuser'), async (context) => {
    await orchestration.startReconcile({});
    return seeHealth(context, 'reconcile');
  });

  routes.get('/health/backfill', only('superuser'), async (context) => {
    const patient = context.req.query('patient') ?? '';
    return context.html(
      await renderPage(BackfillFormPage({ frame: staffFrame(deps, context), patient, days: '30' })),
    );
  });

  routes.post('/health/backfill', only('superuser'), async (context) => {
    const form = context.get('form');
    const [patient, days] = [valueOf(form, 'patient').trim(), valueOf(form, 'days').trim()];
    const problem = await backfillProblem(patient, days);
    if (problem !== undefined) {
      const page = BackfillFormPage({ frame: staffFrame(deps, context), patient, days, problem });
      return context.html(await renderPage(page), 422);
    }
    const to = new Date();
    const from = new Date(to.getTime() - Number(days) * DAY_MS);
    const span = { from: from.toISOString(), to: to.toISOString() };
    concerns(context, { patients: [Number(patient)] });
    await requestHistory(deps, Number(patient), span);
    return seeHealth(context, 'backfill');
  });

  routes.post('/health/backfill/steer', only('superuser'), async (context) => {
    const form = context.get('form');
    const word = (['pause', 'resume', 'cancel'] as const).find((each) => each === valueOf(form, 'do'));
    const patientId = Number(valueOf(form, 'patient'));
    if (word === undefined || !Number.isSafeInteger(patientId)) throw new PageRefused('not found');
    concerns(context, { patients: [patientId] });
    await orchestration.steerBackfill(patientId, word);
    return seeHealth(context, `backfill-${word}`);
  });
  return routes;

  /** Everybody is read, as with the command line; false: a poll runs already. */
  async function runNow(askedBy: number): Promise<boolean> {
    if ((await orchestration.pollRunningSince()) !== undefined) return false;
    await markEverybodyDue(sql);
    const workflowId = await orchestration.triggerPoll();
    if (workflowId !== undefined) await markPollAsked(sql, workflowId, askedBy);
    return workflowId !== undefined;
  }

  async function runningBackfills(): Promise<RunningBackfill[]> {
    const patientIds = await oversight.runningBackfills(BACKFILLS);
    return Promise.all(
      patientIds.map(async (patientId) => ({
        patientId,
        progress: await orchestration.backfillProgress(patientId).catch(() => undefined),
      })),
    );
  }

  async function backfillProblem(patient: string, days: string) {
    const isPatient =
      /^\d{1,9}$/.test(patient) && (await findPatient(reading, Number(patient))) !== undefined;
    if (!isPatient) return { field: 'patient', text: 'There is no patient with this number.' } as const;
    if (/^\d{1,4}$/.test(days) && Number(days) >= 1 && Number(days) <= MOST_DAYS) return undefined;
    return { field: 'days', text: 'Use a whole number of days, 1 to 3,650.' } as const;
  }

  function seeHealth(context: Context<StaffEnv>, done: string): Response {
    health.forget();
    return context.redirect(`${adminPaths.health}?done=${done}`, 303);
  }
}
