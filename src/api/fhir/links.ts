import type { Context } from 'hono';
import type { ApiEnv } from '../env.js';

/** The address of a search as clients reach it, whatever stands between them and this server. */
export function ownAddress(context: Context<ApiEnv>, siteUrl: string): URL {
  const { pathname, search } = new URL(context.req.url);
  const url = new URL(siteUrl);
  url.pathname = `${url.pathname.replace(/\/$/, '')}${pathname}`;
  url.search = search;
  return url;
}

/** The same search, from another place on. */
export function linkTo(self: URL, place: string): string {
  const url = new URL(self);
  url.searchParams.set('_page', place);
  return url.href;
}
