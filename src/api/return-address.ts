import { refusal } from './upstream-refusals.js';

/** Only our own pages, in the spelling a browser gives them: what a query asks for otherwise is never passed on. */
export function returnAddress(siteUrl: string, asked: string | undefined): string {
  const target = asked ?? `${siteUrl}/ow/complete`;
  const url = URL.canParse(target) ? new URL(target) : undefined;
  const ours = new URL(siteUrl);
  // The origin alone would let `blob:` addresses pass, and a user name would dress ours up as another.
  const isOurs =
    url?.protocol === ours.protocol && url.host === ours.host && url.username + url.password === '';
  if (!isOurs) throw refusal(400, 'redirect_uri must be on this origin.');
  return url.href;
}
