import { createHash, randomBytes } from 'node:crypto';
import { connect } from './connections.js';
import { MINUTE } from './instant.js';
import { providerOf } from './providers.js';
import type { OAuthHabits } from './providers.js';
import { Crash, Refusal } from './refusal.js';
import { exchangeCode } from './vendor.js';
import { callbackOf } from './world.js';
import type { World } from './world.js';

const STATE_LIFETIME = 15 * MINUTE;

/** The OAuth habits of a provider; the enum's two non-providers crash the upstream. */
export function oauthOf(provider: string): OAuthHabits {
  const known = providerOf(provider);
  if (!known) throw new Crash();
  if (!known.oauth) throw new Refusal(400, `Provider '${provider}' does not support OAuth`);
  return known.oauth;
}

function challenge(): string {
  const digest = createHash('sha256').update(randomBytes(32)).digest('base64url');
  return `&code_challenge=${digest}&code_challenge_method=S256`;
}

function authorizationUrl(world: World, provider: string, habits: OAuthHabits, state: string): string {
  const callback = callbackOf(world, habits.callbackPath);
  const redirect = habits.encodesRedirect ? encodeURIComponent(callback) : callback;
  const pkce = habits.pkce ? challenge() : '';
  const scope = habits.scope === null ? '' : `&scope=${habits.scope}`;
  const client = `response_type=code&client_id=lab-${provider}-client`;
  const query = `${client}&redirect_uri=${redirect}&state=${state}${pkce}${scope}${habits.extra}`;
  return `${world.origin}/vendor/${provider}/oauth/authorize?${query}`;
}

/** `GET /oauth/{provider}/authorize`: neither the user nor the redirect is checked. */
export function authorize(world: World, provider: string, userId: string, redirectUri: string | null) {
  const habits = oauthOf(provider);
  const state = randomBytes(32).toString('base64url');
  const expiresAt = world.now() + STATE_LIFETIME;
  world.pending.set(state, { provider, userId, redirectUri, expiresAt });
  return { authorization_url: authorizationUrl(world, provider, habits, state), state };
}

/** Takes a state: it is gone afterwards, whatever comes of it. */
function takeState(world: World, provider: string, state: string) {
  const pending = world.pending.get(state);
  world.pending.delete(state);
  if (!pending || pending.expiresAt <= world.now()) {
    throw new Refusal(400, 'Invalid or expired state parameter');
  }
  if (pending.provider !== provider) throw new Refusal(400, 'Provider mismatch in state');
  return pending;
}

function requireStoredUser(world: World, userId: string): void {
  if (world.users.has(userId)) return;
  const detail = `DETAIL:  Key (user_id)=(${userId}) is not present in table "user".`;
  const violation =
    '(psycopg.errors.ForeignKeyViolation) insert or update on table "user_connection" violates ' +
    'foreign key constraint "user_connection_user_id_fkey"';
  throw new Refusal(400, `Unknown entity already exists. Details: ${violation}\n${detail}`);
}

export interface CallbackQuery {
  readonly code: string | undefined;
  readonly state: string | undefined;
  readonly error: string | undefined;
  readonly errorDescription: string | undefined;
}

function errorPage(message: string): string {
  return `/api/v1/oauth/error?message=${message}`;
}

/** `GET /oauth/{provider}/callback`: answers where the browser goes next (303). */
export function callback(world: World, provider: string, query: CallbackQuery): string {
  oauthOf(provider);
  if (query.error) {
    const why = query.errorDescription ? encodeURI(query.errorDescription) : 'Unknown+error';
    return errorPage(`${encodeURI(query.error)}:+${why}`);
  }
  if (!query.code || !query.state) return errorPage('Missing+OAuth+parameters');
  const pending = takeState(world, provider, query.state);
  const account = exchangeCode(world, provider, query.code);
  requireStoredUser(world, pending.userId);
  connect(world, pending.userId, account);
  return pending.redirectUri ?? `/api/v1/oauth/success?provider=${provider}&user_id=${pending.userId}`;
}
