import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { ServerDeps } from '../../api/env.js';
import { rowId } from '../../api/routes.js';
import { hashToken, newToken } from '../../auth/tokens.js';
import {
  createAccessToken,
  personalTokens,
  type PersonalToken,
  revokePersonalToken,
} from '../../db/access-tokens.js';
import { renderPage } from '../components/render-page.js';
import { type Form, valueOf } from '../patient/signed-in.js';
import { NewTokenPage, RevokeTokenPage } from '../views/admin/token.js';
import { type TokenSaid, TokensPage } from '../views/admin/tokens.js';
import { adminPaths } from '../views/paths.js';
import { formProblems } from './form-problems.js';
import { PageRefused } from './page-refused.js';
import { type StaffEnv, staffFrame, staffOnly } from './staff.js';

const tokenForm = z.object({
  name: z.string().trim().min(1, 'Say what it is for.').max(100, 'At most 100 letters.'),
  access: z.enum(['read', 'write'], 'Choose one of the list.'),
  days: z.coerce
    .number('A number from 1 to 365.')
    .int('A number from 1 to 365.')
    .min(1, 'A number from 1 to 365.')
    .max(365, 'A number from 1 to 365.'),
});

/** Everybody's own access tokens for notebooks and scripts; nobody sees those of somebody else. */
export function tokenPageRoutes(deps: ServerDeps): Hono<StaffEnv> {
  const { sql, reading, events } = deps;
  const only = staffOnly(sql);
  const routes = new Hono<StaffEnv>();

  routes.get('/tokens', only('practitioner'), async (context) => {
    const done = context.req.query('done') === 'revoked' ? 'The token opens nothing any more.' : undefined;
    return context.html(await listPage(context, { done }));
  });

  routes.post('/tokens', only('practitioner'), async (context) => {
    const typed = typedIn(context.get('form'));
    const parsed = tokenForm.safeParse(typed);
    if (!parsed.success)
      return context.html(await listPage(context, { typed, problems: formProblems(parsed.error) }), 422);
    const { name, access, days: validDays } = parsed.data;
    const token = newToken();
    const userId = context.get('staff').user.id;
    await createAccessToken(sql, { userId, name, access, validDays, tokenHash: hashToken(token) });
    events.accessTokenMade({ userId, access, validDays });
    // The token is in this answer and nowhere else, so it cannot follow a redirect.
    const frame = staffFrame(deps, context);
    return context.html(await renderPage(NewTokenPage({ frame, name, token, access, validDays })));
  });

  routes.get('/tokens/:id/revoke', only('practitioner'), async (context) => {
    const token = await ownToken(context);
    return context.html(await renderPage(RevokeTokenPage({ frame: staffFrame(deps, context), token })));
  });

  routes.post('/tokens/:id/revoke', only('practitioner'), async (context) => {
    const { id } = await ownToken(context);
    const userId = context.get('staff').user.id;
    if (await revokePersonalToken(sql, userId, id)) events.accessTokenRevoked({ userId, tokenId: id });
    return context.redirect(`${adminPaths.tokens}?done=revoked`, 303);
  });
  return routes;

  async function ownToken(context: Context<StaffEnv>): Promise<PersonalToken> {
    const id = rowId.safeParse(Number(context.req.param('id')));
    const own = await personalTokens(reading, context.get('staff').user.id);
    const token = own.find((each) => each.id === id.data);
    if (token === undefined) throw new PageRefused('not found');
    return token;
  }

  async function listPage(context: Context<StaffEnv>, said: TokenSaid): Promise<string> {
    const tokens = await personalTokens(reading, context.get('staff').user.id);
    return renderPage(TokensPage({ frame: staffFrame(deps, context), tokens, ...said }));
  }
}

function typedIn(form: Form) {
  return { name: valueOf(form, 'name'), access: valueOf(form, 'access'), days: valueOf(form, 'days') };
}
