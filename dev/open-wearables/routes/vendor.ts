import type { Context, Hono } from 'hono';
import { providerOf } from '../providers.js';
import type { Provider } from '../providers.js';
import { Refusal } from '../refusal.js';
import { issueCode, offeredRings } from '../vendor.js';
import { signInPage } from '../vendor-page.js';
import { callbackOf } from '../world.js';
import type { World } from '../world.js';

function vendorOf(context: Context): Provider {
  const provider = providerOf(context.req.param('provider') ?? '');
  if (!provider?.oauth) throw new Refusal(404, 'Not Found');
  return provider;
}

/** The registered redirect is the callback of this Open Wearables and nothing else. */
function redirectOf(world: World, provider: Provider, asked: string | undefined): URL {
  if (asked !== callbackOf(world, provider.oauth?.callbackPath ?? '')) {
    throw new Refusal(400, 'redirect_uri is not registered for this client');
  }
  return new URL(asked);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function answer(world: World, provider: Provider, form: Record<string, unknown>): URL {
  const target = redirectOf(world, provider, textOf(form['redirect_uri']));
  const state = textOf(form['state']) ?? '';
  if (form['decision'] !== 'approve') {
    target.searchParams.set('error', 'access_denied');
    target.searchParams.set('error_description', 'The user denied the request');
  } else {
    const rings = offeredRings(world, provider.key, state);
    const chosen = rings.find(({ account }) => account.id === form['account']) ?? rings[0];
    if (chosen) target.searchParams.set('code', issueCode(world, chosen.account));
    const scope = textOf(form['scope']);
    if (scope) target.searchParams.set('scope', scope);
  }
  target.searchParams.set('state', state);
  return target;
}

/** The stand-in for every vendor's sign-in: a page with Approve and Deny, and the redirect that follows. */
export function vendorRoutes(app: Hono, world: World): void {
  app.get('/vendor/:provider/oauth/authorize', (context) => {
    const provider = vendorOf(context);
    redirectOf(world, provider, context.req.query('redirect_uri'));
    const rings = offeredRings(world, provider.key, context.req.query('state') ?? '');
    return context.html(signInPage(provider, rings, context.req.query()));
  });
  app.post('/vendor/:provider/oauth/authorize', async (context) => {
    const target = answer(world, vendorOf(context), await context.req.parseBody());
    return context.body(null, 303, { location: target.href });
  });
}
