import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { clientFields } from '../../api/client-fields.js';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { createClient } from '../../db/clients.js';
import { writeConsentText } from '../../db/consent-texts.js';
import { takenConstraint } from '../../db/sql.js';
import { setStudyScopes, setStudySources } from '../../db/staff-studies.js';
import { setStudyClients } from '../../db/study-choices.js';
import { attachClient } from '../../db/study-parts.js';
import { valueOf, valuesOf } from '../patient/signed-in.js';
import type { ClientTyped } from '../views/admin/study-clients.js';
import { adminPaths } from '../views/paths.js';
import { manageableStudy } from './asked-study.js';
import { formProblems } from './form-problems.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffOnly } from './staff.js';
import { studyPage } from './study-page.js';

/** What the API takes, trimmed, with what to say when it is not that. */
const typed = (field: z.ZodType<string>, words: string) =>
  z
    .string()
    .trim()
    .refine((value) => field.safeParse(value).success, words);

const newClient = z.object({
  clientName: typed(clientFields.name, 'Give the client a name of at most 200 letters.'),
  clientId: typed(clientFields.clientId, 'Letters, numbers and signs without blanks, at most 100.'),
  invitationUrl: typed(clientFields.invitationUrl, 'Type a web address that has CODE in it.'),
});

const newText = z.object({
  body: z.string().trim().min(1, 'Write the text, or leave the page.').max(20_000, 'At most 20,000 letters.'),
  after: z.coerce.number().int().min(0),
});

/** What a study asks for, from which wearables, through which clients, and its own words. */
export function studyPartRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, reading } = deps;
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();
  const back = (context: Context<StaffEnv>, id: number, done: string) =>
    context.redirect(`${adminPaths.studies}/${id}?done=${done}`, 303);

  const choices = { scope: setStudyScopes, source: setStudySources, client: setStudyClients } as const;
  for (const [field, set] of Object.entries(choices)) {
    routes.post(`/studies/:id/${field}s`, only('member'), async (context) => {
      const study = await manageableStudy(context, reading);
      await set(sql, study.id, idsIn(context, field));
      return back(context, study.id, `${field}s`);
    });
  }

  routes.post('/studies/:id/new-client', only('superuser'), async (context) => {
    const study = await manageableStudy(context, reading);
    const client = clientIn(context);
    const parsed = newClient.safeParse(client);
    const refused = async (problems: Partial<Record<keyof ClientTyped, string>>) =>
      context.html(await studyPage(deps, context, study, { client, problems }), 422);
    if (!parsed.success) return refused(formProblems(parsed.error));
    const { clientName: name, ...others } = parsed.data;
    const id = await unlessTaken(createClient(sql, { name, ...others }));
    if (id === undefined) return refused({ clientId: 'A client of this id is there already.' });
    await attachClient(sql, study.id, id);
    return back(context, study.id, 'client');
  });

  routes.post('/studies/:id/consent-text', only('member'), async (context) => {
    const study = await manageableStudy(context, reading);
    const form = context.get('form');
    const words = valueOf(form, 'words').replaceAll('\r\n', '\n');
    const parsed = newText.safeParse({ body: words, after: valueOf(form, 'after') });
    const refused = async (problem: string, status: 409 | 422) =>
      context.html(await studyPage(deps, context, study, { words, problems: { words: problem } }), status);
    if (!parsed.success) return refused(formProblems(parsed.error).body ?? 'Open the page again.', 422);
    const writtenBy = context.get('staff').user.id;
    if (!(await writeConsentText(sql, { studyId: study.id, writtenBy, ...parsed.data })))
      return refused(
        'Somebody else has changed the text in the meantime: look at theirs below, then save.',
        409,
      );
    return back(context, study.id, 'words');
  });
  return routes;
}

/** What was written; undefined when a name in it is taken. */
async function unlessTaken<Result>(write: Promise<Result>): Promise<Result | undefined> {
  try {
    return await write;
  } catch (thrown) {
    if (takenConstraint(thrown) === undefined) throw thrown;
    return undefined;
  }
}

function idsIn(context: Context<StaffEnv>, field: string): number[] {
  const ids = valuesOf(context.get('form'), field).map((value) => rowId.safeParse(Number(value)));
  if (!ids.every(({ success }) => success)) throw new PageRefused('not found');
  return ids.flatMap(({ data }) => data ?? []);
}

function clientIn(context: Context<StaffEnv>): ClientTyped {
  const form = context.get('form');
  return {
    clientName: valueOf(form, 'clientName'),
    clientId: valueOf(form, 'clientId'),
    invitationUrl: valueOf(form, 'invitationUrl'),
  };
}
