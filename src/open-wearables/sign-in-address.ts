import { namesHost } from '../host-entries.js';

const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/** Where each maker has its own people sign in, by provider key: as Open Wearables is known to lead there. */
const MAKERS: Readonly<Partial<Record<string, string>>> = {
  fitbit: 'www.fitbit.com',
  garmin: 'connect.garmin.com',
  google: 'accounts.google.com',
  oura: 'cloud.ouraring.com',
  polar: 'flow.polar.com',
  sensorbio: 'auth.sensorbio.com',
  strava: 'www.strava.com',
  suunto: 'cloudapi-oauth.suunto.com',
  ultrahuman: 'auth.ultrahuman.com',
  whoop: 'api.prod.whoop.com',
};

/**
 * Where Open Wearables says that a patient signs in with this provider, as a browser spells it; undefined for what no
 * browser is sent to: no host but the maker's own or one of `alsoKnown`, no script, no file, no plain http but to this
 * machine, and no user name that dresses one host up as another.
 */
export function signInAddress(
  told: string,
  provider: string,
  alsoKnown: readonly string[],
): string | undefined {
  if (!URL.canParse(told)) return undefined;
  const url = new URL(told);
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && THIS_MACHINE.includes(url.hostname));
  const isKnown = url.host === MAKERS[provider] || namesHost(alsoKnown, url);
  return isSafe && isKnown && url.username + url.password === '' ? url.href : undefined;
}
