import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { endConnection } from '../../connection-endings.js';
import { changeConsents } from '../../consent-changes.js';
import { connectionsOf, providersNeededWithout } from '../../db/connections.js';
import { requestedScopes, type RequestedScope } from '../../db/consents.js';
import { dataKind } from '../components/data-kinds.js';
import { renderPage } from '../components/render-page.js';
import type { WebEnv } from '../session.js';
import { DeleteCopyPage, LeavePage } from '../views/patient/way-out.js';
import { patientPaths } from '../views/paths.js';
import { changedAnswers } from './consent-form.js';
import { deviceName } from './devices.js';
import { patientsOnly, valueOf, type SignedIn } from './signed-in.js';

/** The ways out that are asked once more: leaving a study, and deleting the copy at Open Wearables. */
export function wayOutRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, reading } = deps;
  const signedIn = patientsOnly(sql);
  const routes = new Hono<WebEnv>();

  routes.get('/manage/leave/:study{[0-9]{1,9}}', signedIn, async (context) => {
    const who = context.get('who');
    const scopes = await scopesOf(who, Number(context.req.param('study')));
    if (scopes.length === 0) return context.redirect(patientPaths.manage, 303);
    return context.html(await leavePage(who, scopes));
  });

  /** Every answer to the study becomes a no, as events; then what nobody needs any more is disconnected. */
  routes.post('/manage/leave/:study{[0-9]{1,9}}', signedIn, async (context) => {
    const who = context.get('who');
    const form = context.get('form');
    const scopes = await scopesOf(who, Number(context.req.param('study')));
    const [first] = scopes;
    if (first === undefined) return context.redirect(patientPaths.manage, 303);
    const choice = valueOf(form, 'data');
    const { wayOut, consents } = who.frame.texts;
    if (choice !== 'keep' && choice !== 'purge')
      return context.html(await leavePage(who, scopes, wayOut.chooseOne), 422);
    const { disconnected } = await devicesWithout(who, first.studyId);
    const answering = {
      patientId: who.patient.id,
      recordedBy: who.session.userId,
      channel: 'leave page',
      textVersion: consents.version,
      studyTextRead: () => null,
    };
    await changeConsents(
      deps,
      who.patient.id,
      changedAnswers(scopes, () => 'stop', answering),
    );
    // They are being disconnected by now, since no answer needs them; deleting goes beyond that.
    for (const provider of choice === 'purge' ? disconnected : [])
      await endConnection(deps, { patientId: who.patient.id, provider, asked: true, purge: true });
    return context.redirect(`${patientPaths.manage}?done=left`, 303);
  });

  routes.get('/manage/delete/:provider{[a-z]{2,32}}', signedIn, async (context) => {
    const who = context.get('who');
    const provider = context.req.param('provider');
    if (!(await isMine(who, provider))) return context.redirect(patientPaths.manage, 303);
    const { frame, session } = who;
    const page = DeleteCopyPage({ frame, csrf: session.csrf, provider, device: deviceName(provider) });
    return context.html(await renderPage(page));
  });

  routes.post('/manage/delete', signedIn, async (context) => {
    const who = context.get('who');
    const form = context.get('form');
    const provider = valueOf(form, 'provider');
    if (!(await isMine(who, provider))) return context.redirect(patientPaths.manage, 303);
    await endConnection(deps, { patientId: who.patient.id, provider, asked: true, purge: true });
    return context.redirect(`${patientPaths.manage}?done=deleting`, 303);
  });
  return routes;

  async function scopesOf({ patient }: SignedIn, studyId: number): Promise<RequestedScope[]> {
    return (await requestedScopes(reading, patient.id)).filter((scope) => scope.studyId === studyId);
  }

  async function isMine({ patient }: SignedIn, provider: string): Promise<boolean> {
    return (await connectionsOf(reading, patient.id)).some((entry) => entry.provider === provider);
  }

  /** Connected devices, by whether anything but this study needs them. */
  async function devicesWithout({ patient }: SignedIn, studyId: number) {
    const [connections, needed] = await Promise.all([
      connectionsOf(reading, patient.id),
      providersNeededWithout(reading, patient.id, studyId),
    ]);
    const standing = connections.filter(({ status }) => status !== 'revoked').map(({ provider }) => provider);
    return {
      disconnected: standing.filter((provider) => !needed.includes(provider)),
      kept: standing.filter((provider) => needed.includes(provider)),
    };
  }

  async function leavePage(
    who: SignedIn,
    scopes: readonly RequestedScope[],
    problem?: string,
  ): Promise<string> {
    const { frame, session } = who;
    const [first] = scopes;
    const study = { id: String(first?.studyId ?? ''), name: first?.studyName ?? '' };
    const { disconnected, kept } = await devicesWithout(who, first?.studyId ?? 0);
    const kinds = scopes
      .filter(({ decision }) => decision === 'agreed')
      .map(({ code, text }) => dataKind(code, text, frame.texts).label.toLowerCase());
    const names = { disconnected: disconnected.map(deviceName), kept: kept.map(deviceName) };
    return renderPage(
      LeavePage({ frame, csrf: session.csrf, study, kinds: [...new Set(kinds)], ...names, problem }),
    );
  }
}
