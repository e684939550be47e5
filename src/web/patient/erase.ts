import { type Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ServerDeps } from '../../api/env.js';
import { anyone } from '../../auth/declared-policies.js';
import { hashToken, newToken, TOKEN_PATTERN } from '../../auth/tokens.js';
import { beginErasure, unlessGone } from '../../begin-erasure.js';
import { requestedScopes } from '../../db/consents.js';
import { erasureOfReceipt, type Erasure } from '../../db/erasures.js';
import { countObservations } from '../../db/observations.js';
import { rowsRemoved } from '../../erasure.js';
import { renderPage } from '../components/render-page.js';
import { erasureSteps } from '../erasure-steps.js';
import { anyPage, closeSession, type WebEnv } from '../session.js';
import { ErasePage } from '../views/patient/erase.js';
import { ErasedPage, ErasingPage, NoReceiptPage } from '../views/patient/erased.js';
import { SignedOutPage } from '../views/patient/plain-messages.js';
import { patientPaths } from '../views/paths.js';
import { frameOfAnybody } from './frame.js';
import { keepReceipt, receiptAtHand } from './receipt.js';
import { patientsOnly, type SignedIn, textFields, valueOf } from './signed-in.js';

/** A patient has everything erased, and follows it without an account. */
export function eraseRoutes(deps: ServerDeps): Hono<WebEnv> {
  const { sql, reading, config, orchestration } = deps;
  const signedIn = patientsOnly(sql);
  const routes = new Hono<WebEnv>();

  const pressedTwice = createMiddleware<WebEnv>(async (context, next) => {
    await next();
    if (context.req.method !== 'POST' || context.res.status !== 401) return;
    const receipt = valueOf(textFields(await context.req.parseBody()), 'receipt');
    if ((await erasureOfReceipt(sql, hashToken(receipt))) === undefined) return;
    context.res = toReceipt(context, receipt);
  });
  // The first press has ended the session, maybe the account; the same form, sent again, leads to what it began.
  routes.use('/manage/erase', pressedTwice);

  routes.get('/manage/erase', signedIn, async (context) =>
    context.html(await erasePage(context.get('who'), newToken())),
  );

  routes.post('/manage/erase', signedIn, async (context) => {
    const who = context.get('who');
    const form = context.get('form');
    const receipt = receiptOf(valueOf(form, 'receipt'));
    if (valueOf(form, 'understood') !== 'yes')
      return context.html(await erasePage(who, receipt, who.frame.texts.erase.tick), 422);
    const begun = await beginErasure(deps, {
      ...{ patientId: who.patient.id, askedAs: 'patient', askedBy: who.session.userId, reason: null },
      receiptHash: hashToken(receipt),
    }).catch(unlessGone);
    if (begun === undefined) return context.html(await renderPage(SignedOutPage({ frame: who.frame })), 401);
    await closeSession(anyPage(context), sql, config.SITE_URL);
    return toReceipt(anyPage(context), receipt);
  });

  routes.get('/erased', anyone, async (context) => {
    const frame = await frameOfAnybody(context, sql);
    const receipt = receiptAtHand(context);
    const erasure = receipt === undefined ? undefined : await erasureOfReceipt(sql, hashToken(receipt));
    if (erasure === undefined) return context.html(await renderPage(NoReceiptPage({ frame })), 404);
    return context.html(await receiptPage(frame, erasure));
  });
  return routes;

  function toReceipt(context: Context<WebEnv>, receipt: string): Response {
    keepReceipt(context, config.SITE_URL, receipt);
    return context.redirect(patientPaths.erased, 303);
  }

  async function erasePage({ patient, session, frame }: SignedIn, receipt: string, problem?: string) {
    const [readings, scopes] = await Promise.all([
      countObservations(reading, patient.id, null),
      requestedScopes(reading, patient.id),
    ]);
    const studies = [...new Set(scopes.map(({ studyName }) => studyName))];
    return renderPage(ErasePage({ frame, csrf: session.csrf, receipt, readings, studies, problem }));
  }

  async function receiptPage(frame: Awaited<ReturnType<typeof frameOfAnybody>>, erasure: Erasure) {
    const { id, patientId, askedAt, counts, endedAt, openWearables, remains } = erasure;
    const told = { frame, reference: String(id), askedAt, entries: rowsRemoved(counts) };
    if (endedAt !== null && openWearables !== null) {
      const hasFiles = (remains?.rawObjects ?? 0) > 0;
      return renderPage(ErasedPage({ ...told, endedAt, openWearables, hasFiles }));
    }
    const progress = await orchestration.erasureProgress(patientId).catch(() => undefined);
    return renderPage(ErasingPage({ ...told, steps: erasureSteps(progress) }));
  }
}

/** What names the receipt is made with the page of the form. */
function receiptOf(posted: string): string {
  return TOKEN_PATTERN.test(posted) ? posted : newToken();
}
