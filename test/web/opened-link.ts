import { hashToken } from '../../src/auth/tokens.js';

/** What a browser that has opened a link sends with the click: the link's own cookie, and the field that names it. */
export function openedLink(address: string): { readonly cookie: string; readonly link: string } {
  const token = new URL(address).searchParams.get('code')?.split('_').at(-1) ?? '';
  const link = hashToken(token).toString('base64url');
  return { cookie: `link-${link}=${token}`, link };
}
