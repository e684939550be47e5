import type { Hono } from 'hono';
import { authorize, callback } from '../oauth.js';
import { flag, oneOf, required, uuid } from '../parameters.js';
import { iconUrl, PROVIDER_KEYS, PROVIDERS } from '../providers.js';
import type { Provider } from '../providers.js';
import type { World } from '../world.js';

function listed(world: World, provider: Provider) {
  return {
    provider: provider.key,
    name: provider.name,
    has_cloud_api: provider.oauth !== null,
    is_enabled: !world.disabledProviders.has(provider.key),
    icon_url: iconUrl(provider.key),
    live_sync_mode: provider.liveSync,
    live_sync_configurable: provider.configurable,
    data_granularity: null,
  };
}

/** `/oauth/...`: no authentication on any of them. */
export function oauthRoutes(api: Hono, world: World): void {
  api.get('/oauth/providers', (context) => {
    const [enabledOnly, cloudOnly] = [
      flag(context, 'enabled_only', false),
      flag(context, 'cloud_only', false),
    ];
    const all = PROVIDERS.map((provider) => listed(world, provider));
    return context.json(
      all.filter((one) => (!enabledOnly || one.is_enabled) && (!cloudOnly || one.has_cloud_api)),
    );
  });
  api.get('/oauth/success', (context) => {
    const [provider, user_id] = [required(context, 'provider'), required(context, 'user_id')];
    return context.json({
      success: true,
      message: `Successfully connected to ${provider}`,
      user_id,
      provider,
    });
  });
  api.get('/oauth/error', (context) =>
    context.json({ success: false, message: context.req.query('message') ?? 'OAuth authentication failed' }),
  );
  api.get('/oauth/:provider/authorize', (context) => {
    const provider = oneOf(context.req.param('provider'), PROVIDER_KEYS);
    const userId = uuid(required(context, 'user_id'));
    return context.json(authorize(world, provider, userId, context.req.query('redirect_uri') ?? null));
  });
  api.get('/oauth/:provider/callback', (context) => {
    const provider = oneOf(context.req.param('provider'), PROVIDER_KEYS);
    const [code, state, error] = ['code', 'state', 'error'].map((name) => context.req.query(name));
    const errorDescription = context.req.query('error_description');
    const target = callback(world, provider, { code, state, error, errorDescription });
    return context.body(null, 303, { location: target });
  });
}
