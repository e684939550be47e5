import type { Source } from './sample.js';

type LiveSync = 'pull' | 'webhook' | null;

/** What the upstream knows about a vendor: its listing, its transport and its OAuth habits. */
export interface Provider {
  readonly key: string;
  readonly name: string;
  readonly liveSync: LiveSync;
  readonly configurable: boolean;
  readonly maxHistoricalDays: number | null;
  readonly pulls: boolean;
  readonly streams: boolean;
  readonly pings: boolean;
  readonly callsBack: boolean;
  /** Null for the mobile SDK providers, which have no OAuth. */
  readonly oauth: OAuthHabits | null;
}

export interface OAuthHabits {
  /** The scope parameter exactly as it stands in the authorization URL; null when there is none. */
  readonly scope: string | null;
  readonly pkce: boolean;
  readonly encodesRedirect: boolean;
  readonly extra: string;
  readonly callbackPath: string;
}

const GOOGLE_SCOPE = [
  'activity_and_fitness',
  'health_metrics_and_measurements',
  'nutrition',
  'sleep',
  'settings',
]
  .map((part) => `https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fgooglehealth.${part}.readonly`)
  .join('+');

function oauth(key: string, scope: string | null, habits: Partial<OAuthHabits> = {}): OAuthHabits {
  const callbackPath = `/api/v1/oauth/${key}/callback`;
  return { scope, pkce: false, encodesRedirect: false, extra: '', callbackPath, ...habits };
}

function provider(key: string, name: string, habits: OAuthHabits | null, rest: Partial<Provider>): Provider {
  const transport = { pulls: habits !== null, streams: false, pings: false, callsBack: false };
  const liveSync: LiveSync = habits === null ? null : 'pull';
  return {
    ...{ key, name, liveSync, configurable: false, maxHistoricalDays: null, oauth: habits },
    ...{ ...transport, ...rest },
  };
}

const OURA_SCOPE =
  'personal%20daily%20activity%20heartrate%20workout%20session%20spo2%20ring_configuration%20heart_health';
const WHOOP_SCOPE = 'offline%20read%3Acycles%20read%3Asleep%20read%3Arecovery%20read%3Aworkout';
const PINGED = { pings: true, configurable: true };

/** The twelve providers in the order of `GET /oauth/providers`. */
export const PROVIDERS: readonly Provider[] = [
  provider('apple', 'Apple Health', null, {}),
  provider('samsung', 'Samsung Health', null, {}),
  provider('garmin', 'Garmin', oauth('garmin', null, { pkce: true }), {
    ...{ liveSync: 'webhook', pulls: false, streams: true, callsBack: true, maxHistoricalDays: 30 },
  }),
  provider(
    'google',
    'Google Health',
    oauth('google', `openid+email+${GOOGLE_SCOPE}`, {
      encodesRedirect: true,
      extra: '&access_type=offline&include_granted_scopes=true&prompt=consent',
    }),
    PINGED,
  ),
  provider('polar', 'Polar', oauth('polar', 'accesslink.read_all'), PINGED),
  provider('suunto', 'Suunto', oauth('suunto', null), { streams: true, configurable: true }),
  provider('whoop', 'Whoop', oauth('whoop', WHOOP_SCOPE), PINGED),
  provider('strava', 'Strava', oauth('strava', 'activity%3Aread_all%2Cprofile%3Aread_all'), PINGED),
  provider('oura', 'Oura', oauth('oura', OURA_SCOPE), PINGED),
  provider('fitbit', 'Fitbit', oauth('fitbit', 'activity%20heartrate%20sleep%20profile', { pkce: true }), {}),
  provider('ultrahuman', 'Ultrahuman', oauth('ultrahuman', 'ring_data%20cgm_data%20profile'), {}),
  provider(
    'sensorbio',
    'Sensor Bio',
    oauth('sensorbio', null, { callbackPath: '/api/v1/oauth/callback/sensorbio' }),
    {},
  ),
];

/** What a provider parameter may be: the enum has two values that are no provider. */
export const PROVIDER_KEYS: readonly string[] = [
  ...['apple', 'samsung', 'garmin', 'google', 'polar', 'suunto', 'whoop', 'strava', 'oura', 'fitbit'],
  ...['ultrahuman', 'sensorbio', 'unknown', 'internal'],
];

export function providerOf(key: string): Provider | undefined {
  return PROVIDERS.find((candidate) => candidate.key === key);
}

/** How the upstream ranks providers when one source must speak for a day or a night: the first wins. */
export function rankOf(key: string): number {
  const index = PROVIDER_KEYS.indexOf(key);
  return index < 0 ? PROVIDER_KEYS.length : index;
}

export function iconUrl(key: string): string {
  return `/static/provider-icons/${key}.svg`;
}

/** How rows of a vendor's own API name their source: native APIs repeat the provider name. */
export function sourceOf(key: string): Source {
  const device = key === 'garmin' ? 'Forerunner 955' : null;
  return {
    provider: key,
    source: key,
    device,
    device_type: device === null ? null : 'watch',
    device_name: device,
  };
}

/** The scope a connection shows: the asked one in clear. */
export function grantedScope(habits: OAuthHabits): string | null {
  return habits.scope === null ? null : decodeURIComponent(habits.scope.replaceAll('+', ' '));
}
