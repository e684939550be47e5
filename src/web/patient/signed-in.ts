import type { Context } from 'hono';
import type { Sql } from '../../db/sql.js';
import { begins } from '../../audit/requests.js';
import { findPatient, type Patient } from '../../db/patients.js';
import { renderPage } from '../components/render-page.js';
import type { PatientFrame } from '../components/patient-layout.js';
import { isGenuine, type LiveSession, type WebEnv } from '../session.js';
import { OtherBrowserPage } from '../views/patient/connect-messages.js';
import { SignedOutPage } from '../views/patient/plain-messages.js';
import { frameOf } from './frame.js';

/** The patient a page is for. */
export interface SignedIn {
  readonly session: LiveSession;
  readonly patient: Patient;
  readonly frame: PatientFrame;
}

/** The signed-in patient, or the page to answer instead. */
export async function signedIn(context: Context<WebEnv>, sql: Sql): Promise<SignedIn | Response> {
  const session = context.get('session');
  const patient = session?.patientId == null ? undefined : await findPatient(sql, session.patientId);
  const frame = await frameOf(context, sql);
  if (session === undefined || patient === undefined) {
    return context.html(await renderPage(SignedOutPage({ frame })), 401);
  }
  return { session, patient, frame };
}

export type Form = Readonly<Record<string, readonly string[]>>;

/** The signed-in patient with the form just posted; a form without the session's anti-forgery value is refused. */
export async function submitted(
  context: Context<WebEnv>,
  sql: Sql,
): Promise<(SignedIn & { form: Form }) | Response> {
  const who = await signedIn(context, sql);
  if (who instanceof Response) return who;
  const form = textFields(await context.req.parseBody({ all: true }));
  if (!isGenuine(who.session, valueOf(form, 'csrf'))) {
    return context.html(await renderPage(OtherBrowserPage({ frame: who.frame })), 403);
  }
  await begins(context);
  return { ...who, form };
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
