const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Where Open Wearables says that a patient signs in, as a browser spells it; undefined for what no browser may be sent to:
 * no script, no file, no plain http but to this machine, and no user name that dresses one host up as another.
 */
export function signInAddress(told: string): string | undefined {
  if (!URL.canParse(told)) return undefined;
  const url = new URL(told);
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && THIS_MACHINE.includes(url.hostname));
  return isSafe && url.username + url.password === '' ? url.href : undefined;
}
