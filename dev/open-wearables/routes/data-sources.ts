import type { Hono } from 'hono';
import { needsKey } from '../auth.js';
import { lookAt } from '../live.js';
import { hashText, stableUuid } from '../noise.js';
import { userIdOf } from '../parameters.js';
import { providerOf } from '../providers.js';
import type { Source } from '../sample.js';
import { dataOf } from '../world.js';
import type { UserData, World } from '../world.js';

/** The distinct sources of a user's rows and sessions. */
function sourcesOf(data: UserData): Source[] {
  const records = [...data.sleeps.values(), ...data.workouts.values()];
  const all = [...data.samples.all([], { from: -Infinity, to: Infinity }), ...records];
  const distinct = new Map<string, Source>();
  for (const { source } of all) {
    const { provider, device, source: name } = source;
    const key = `${provider}/${device ?? '~'}/${name ?? ''}`;
    const known = distinct.get(key);
    if (!known || known.device_type === null) distinct.set(key, source);
  }
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
}

function displayName({ provider, device }: Source): string {
  const names: Readonly<Record<string, string>> = { apple: 'Apple', samsung: 'Samsung', google: 'Google' };
  const name = names[provider] ?? providerOf(provider)?.name ?? provider;
  return device === null ? name : `${name} - ${device}`;
}

function shown(userId: string, source: Source) {
  return {
    id: stableUuid(hashText(userId), hashText(JSON.stringify(source))),
    ...{ user_id: userId, provider: source.provider, user_connection_id: null },
    ...{ device_model: source.device, software_version: null, source: source.source },
    ...{ device_type: source.device_type, original_source_name: null, display_name: displayName(source) },
  };
}

/** `GET /users/{user_id}/data-sources`. */
export function dataSourceRoutes(api: Hono, world: World): void {
  api.get('/users/:user_id/data-sources', needsKey(world), (context) => {
    const userId = userIdOf(context);
    lookAt(world, userId);
    const items = sourcesOf(dataOf(world, userId)).map((source) => shown(userId, source));
    return context.json({ items, total: items.length });
  });
}
