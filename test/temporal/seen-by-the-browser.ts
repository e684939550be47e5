import { vi } from 'vitest';

/**
 * Notes every secret that passes through `fetch`, as a patient's browser and a practitioner's program hold them:
 * cookies, bearer tokens, one-time addresses, hidden form fields, invitation codes.
 */
export function noteSecrets(): { readonly secrets: Map<string, string>; readonly stop: () => void } {
  const secrets = new Map<string, string>();
  const note = (name: string, value: string | null | undefined) => {
    if (value && value.length >= 16) secrets.set(`${name} ${secrets.size}`, value);
  };
  const original = globalThis.fetch;
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    noteAddress(request.url, note);
    note('bearer token', request.headers.get('authorization')?.replace('Bearer ', ''));
    if (init?.body instanceof URLSearchParams) note('form guard', init.body.get('csrf'));
    const response = await original(input, init);
    for (const cookie of response.headers.getSetCookie()) note('cookie', /^[^=]+=([^;]*)/.exec(cookie)?.[1]);
    noteAddress(new URL(response.headers.get('location') ?? '/', request.url).toString(), note);
    return response;
  });
  return {
    secrets,
    stop: () => {
      spy.mockRestore();
    },
  };
}

function noteAddress(address: string, note: (name: string, value: string | null | undefined) => void): void {
  const { pathname, searchParams } = new URL(address);
  note('return nonce', /\/ow\/return\/([^/]+)$/.exec(pathname)?.[1]);
  note('invitation token', searchParams.get('code')?.split('_').at(-1));
  note('sign-in state', searchParams.get('state'));
  const inner = searchParams.get('redirect_uri');
  if (inner !== null && URL.canParse(inner)) noteAddress(inner, note);
}
