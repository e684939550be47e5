import { createMiddleware } from 'hono/factory';
import type { Sql } from '../../db/sql.js';
import { begins } from '../../audit/requests.js';
import { enforces } from '../../auth/declared-policies.js';
import { findPatient, type Patient } from '../../db/patients.js';
import { renderPage } from '../components/render-page.js';
import type { PatientFrame } from '../components/patient-layout.js';
import { anyPage, isGenuine, type LiveSession, type WebEnv } from '../session.js';
import { OtherBrowserPage } from '../views/patient/connect-messages.js';
import { SignedOutPage } from '../views/patient/plain-messages.js';
import { patientPaths } from '../views/paths.js';
import { frameOf } from './frame.js';
import { receiptAtHand } from './receipt.js';

/** The patient a page is for. */
export interface SignedIn {
  readonly session: LiveSession;
  readonly patient: Patient;
  readonly frame: PatientFrame;
}

export type Form = Readonly<Record<string, readonly string[]>>;

/** What `patientsOnly` leaves for the handlers of patient pages. */
export interface PatientEnv {
  Variables: WebEnv['Variables'] & {
    who: SignedIn;
    /** The posted form, its anti-forgery value checked; empty for a GET. */
    form: Form;
  };
}

/** The policy of patient pages: lets nobody pass but patients, and no form but one of the session's own pages. */
export function patientsOnly(sql: Sql) {
  const middleware = createMiddleware<PatientEnv>(async (context, next) => {
    const session = context.get('session');
    const patient = session?.patientId == null ? undefined : await findPatient(sql, session.patientId);
    const isSignedIn = session !== undefined && patient !== undefined;
    // Where everything was erased from, nothing else is left to show.
    if (!isSignedIn && receiptAtHand(context) !== undefined)
      return context.redirect(patientPaths.erased, 303);
    const frame = await frameOf(anyPage(context), sql);
    if (!isSignedIn) return context.html(await renderPage(SignedOutPage({ frame })), 401);
    const isPost = context.req.method === 'POST';
    const form = isPost ? textFields(await context.req.parseBody({ all: true })) : {};
    if (isPost && !isGenuine(session, valueOf(form, 'csrf')))
      return context.html(await renderPage(OtherBrowserPage({ frame })), 403);
    context.set('who', { session, patient, frame });
    context.set('form', form);
    await begins(context);
    await next();
    return;
  });
  return enforces('patient', middleware);
}

/** The posted texts; files are not expected and left out, and so is NUL, which Postgres fails on. */
export function textFields(body: Readonly<Record<string, unknown>>): Form {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const texts = [value].flat().filter((item): item is string => typeof item === 'string');
      return [name, texts.map((text) => text.replaceAll('\0', ''))];
    }),
  );
}

/** Every value of a field that may be posted several times. */
export function valuesOf(form: Form, name: string): readonly string[] {
  return form[name] ?? [];
}

/** The single value of a field; empty when it was not posted. */
export function valueOf(form: Form, name: string): string {
  return valuesOf(form, name)[0] ?? '';
}
