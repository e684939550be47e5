import { type Context, Hono } from 'hono';
import { concerns } from '../../audit/requests.js';
import type { ServerDeps } from '../../api/env.js';
import { countsOf } from '../../dead-letters.js';
import * as db from '../../db/dead-letters.js';
import { rejectionReasons } from '../../omh/measurement.js';
import { renderPage } from '../components/render-page.js';
import { counted, inWords } from '../components/words.js';
import { type Form, valueOf, valuesOf } from '../patient/signed-in.js';
import { DeadLetterPage } from '../views/admin/operations/dead-letter.js';
import { DeadLettersPage, lettersHref } from '../views/admin/operations/dead-letters.js';
import { DiscardLettersPage, type LetterChoice } from '../views/admin/operations/discard-letters.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

const LISTED = 25;
/** Decided about in one request; what is left waits for the next press of the button. */
const AT_ONCE = 500;
const LONGEST_NOTE = 500;

/** Dead letters: look at them, convert them again, give them up. For operators. */
export function deadLetterRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { reading, deadLetters, health } = deps;
  const only = staffOnly(deps.sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/dead-letters', only('superuser'), async (context) => context.html(await listPage(context)));

  routes.post('/dead-letters', only('superuser'), async (context) => {
    const form = context.get('form');
    const choice = choiceOf(form);
    if (choice.ids.length === 0)
      return context.html(await listPage(context, { problem: 'Tick at least one record.' }), 422);
    if (valueOf(form, 'do') === 'discard') return discardPage(context, choice);
    return context.html(await listPage(context, { done: await retried(context, choice) }));
  });

  routes.post('/dead-letters/retry', only('superuser'), async (context) => {
    const choice = choiceOf(context.get('form'));
    return context.html(await listPage(context, { done: await retried(context, choice) }));
  });

  routes.get('/dead-letters/discard', only('superuser'), async (context) => {
    const query = { id: context.req.queries('id') ?? [], reason: context.req.queries('reason') ?? [] };
    return discardPage(context, choiceOf(query));
  });

  routes.post('/dead-letters/discard', only('superuser'), async (context) => {
    const form = context.get('form');
    const choice = choiceOf(form);
    const note = valueOf(form, 'note').trim().slice(0, LONGEST_NOTE);
    if (note === '') return discardPage(context, choice, 'Say why: somebody will ask.');
    const ids = await waiting(choice);
    concerns(context, { deadLetters: ids });
    const discarded = await deadLetters.discard(ids, note, context.get('staff').user.id);
    health.forget();
    return context.html(
      await listPage(context, { done: `${counted(discarded.length, 'record')} discarded.` }),
    );
  });

  routes.get('/dead-letters/:id', only('superuser'), async (context) => letterPage(context));

  routes.post('/dead-letters/:id/original', only('superuser'), async (context) => {
    const { id } = await letterOf(context);
    return letterPage(context, await deadLetters.viewOriginal(id, context.get('staff').user.id));
  });
  return routes;

  async function listPage(
    context: Context<StaffEnv>,
    said: { readonly done?: string; readonly problem?: string } = {},
  ): Promise<string> {
    const state = db.letterStates.find((each) => each === context.req.query('state')) ?? 'open';
    const patientId = numberOf(context.req.query('patient'));
    const before = numberOf(context.req.query('before'));
    const search = { patientId, reason: null, state, before, limit: LISTED + 1 };
    const [found, reasons, counts] = await Promise.all([
      db.listDeadLetters(reading, search),
      db.waitingReasons(reading),
      db.lettersByState(reading),
    ]);
    const letters = found.slice(0, LISTED);
    const last = letters.at(-1);
    const nextHref =
      found.length > LISTED && last !== undefined ? lettersHref({ state, patientId, before: last.id }) : null;
    const frame = staffFrame(deps, context);
    return renderPage(
      DeadLettersPage({ frame, state, patientId, counts, reasons, letters, nextHref, ...said }),
    );
  }

  async function discardPage(context: Context<StaffEnv>, choice: LetterChoice, problem?: string) {
    const count = (await waiting(choice)).length;
    if (count === 0) throw new PageRefused('not found');
    const frame = staffFrame(deps, context);
    return context.html(
      await renderPage(DiscardLettersPage({ frame, choice, count, problem })),
      problem === undefined ? 200 : 422,
    );
  }

  async function letterPage(context: Context<StaffEnv>, original?: unknown) {
    const letter = await letterOf(context);
    const frame = staffFrame(deps, context);
    return context.html(await renderPage(DeadLetterPage({ frame, letter, original })));
  }

  async function letterOf(context: Context<StaffEnv>): Promise<db.DeadLetter> {
    const id = numberOf(context.req.param('id'));
    const letter = id === null ? undefined : await db.findDeadLetter(reading, id);
    if (letter === undefined) throw new PageRefused('not found');
    return letter;
  }

  /** The letters of a choice that wait for a decision, as many as are decided about at once. */
  async function waiting({ ids, reason }: LetterChoice): Promise<number[]> {
    const selection = { ids: reason === null ? ids : null, reason };
    return (await db.waitingLetters(reading, selection, null, AT_ONCE)).map(({ id }) => id);
  }

  /** Retries a choice; answers what became of it, in words. */
  async function retried(context: Context<StaffEnv>, choice: LetterChoice): Promise<string> {
    const ids = await waiting(choice);
    concerns(context, { deadLetters: ids });
    const verdicts: db.Verdict[] = [];
    for await (const some of deadLetters.retry({ ids, reason: null }, context.get('staff').user.id))
      verdicts.push(...some);
    health.forget();
    const { created, unchanged, rejected, withheld, held } = countsOf(verdicts);
    const told = [
      [created, 'retried and stored'],
      [unchanged, 'stored already, nothing overwritten'],
      [rejected, 'refused again'],
      [withheld, 'covered by no consent'],
      [held, 'waiting for the day to be read again'],
    ] as const;
    const parts = told.flatMap(([count, text]) => (count === 0 ? [] : [`${count} ${text}`]));
    return parts.length === 0 ? 'Nothing waits any more.' : `${inWords(parts)}.`;
  }
}

function choiceOf(form: Form): LetterChoice {
  const reason = rejectionReasons.find((each) => each === valueOf(form, 'reason')) ?? null;
  const ids = valuesOf(form, 'id').flatMap((text) => numberOf(text) ?? []);
  return { ids: reason === null ? ids.slice(0, AT_ONCE) : [], reason };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
