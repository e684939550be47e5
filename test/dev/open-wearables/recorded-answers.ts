import { DEVELOPER } from '../../../dev/open-wearables/auth.js';
import { KEY, SECOND_KEY, TOKEN } from './recorded-world.js';
import type { Recording } from './recordings.js';

/** How a recorded request is sent again, and how two answers are compared. */

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  '<key>': KEY,
  '<another key>': SECOND_KEY,
  'Bearer <developer JWT>': `Bearer ${TOKEN}`,
};

function queryOf({ request }: Recording): string {
  const pairs = Object.entries(request.query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function bodyOf({ name, request }: Recording): string | URLSearchParams | null {
  if (request.form) {
    const { username, password } = DEVELOPER;
    return new URLSearchParams({ username, password: name.endsWith('-200') ? password : 'wrong' });
  }
  return request.body === undefined ? null : JSON.stringify(request.body);
}

export function requestOf(recording: Recording): { url: string; init: RequestInit } {
  const { method, path, headers } = recording.request;
  const filled = Object.entries(headers).map(
    ([name, value]) => [name, PLACEHOLDERS[value] ?? value] as const,
  );
  const body = bodyOf(recording);
  const init = { method, headers: new Headers(Object.fromEntries(filled)), body };
  return { url: path + queryOf(recording), init };
}

/** Values that a server makes up anew each time, by recording; all else is compared as it stands. */
const MADE_UP: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^users-create-/, ['id', 'created_at']],
  [/^auth-login-200$/, ['access_token', 'refresh_token']],
  [/^api-keys-list-200$/, ['id']],
  [/^authorize-/, ['authorization_url', 'state']],
  [
    /^(flow-)?sync-.*(async|queued|unknown-user|of-revoked|historical).*-200$/,
    ['task_id', 'start_date', 'end_date'],
  ],
  [/^data-sources-200$/, ['id']],
  [
    /^flow-sync-(run|recent)/,
    ['run_id', 'event_id', 'started_at', 'ended_at', 'last_update', 'timestamp', 'error'],
  ],
  [/^flow-sync-(run|recent)/, ['start_date', 'items_processed', 'inserted', 'updated', 'data_247']],
  [/^flow-sync-blocking-200$/, ['workouts', 'data_247']],
  [/^icon-oura-200$/, ['']],
];

function kindOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, kindOf(part)]));
}

function blank(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => blank(item, names));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, part]) => {
    if (names.has(name)) return [name, kindOf(part)] as const;
    // Row counts stand in messages too.
    if (name === 'message' && names.has('run_id')) return [name, String(part).replace(/\d+/g, 'N')] as const;
    return [name, blank(part, names)] as const;
  });
  return Object.fromEntries(entries);
}

/** The body with made-up values replaced by their kind. */
export function comparable(name: string, body: unknown): unknown {
  const names = MADE_UP.filter(([pattern]) => pattern.test(name)).flatMap(([, keys]) => keys);
  if (names.includes('') && typeof body === 'string') return /^<svg[\s\S]*<\/svg>\s*$/.test(body);
  return blank(body, new Set(names));
}
