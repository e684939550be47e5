import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Sandbox } from '../../../dev/open-wearables/sandbox.js';
import { call, createUser, openSandbox, read } from './client.js';

const RETURN = 'https://exchange.example/connect/return/n0nce?lang=en';

async function authorize(sandbox: Sandbox, userId: string, provider = 'oura'): Promise<URL> {
  const query = new URLSearchParams({ user_id: userId, redirect_uri: RETURN });
  const path = `/api/v1/oauth/${provider}/authorize?${query.toString()}`;
  const shape = z.object({ authorization_url: z.string() });
  return new URL((await read(shape, call(sandbox, path))).authorization_url);
}

/** Fills in the form of the sign-in page as a browser would. */
async function submit(page: URL, decision: string, account?: number): Promise<string> {
  const html = await (await fetch(page)).text();
  const hidden = [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const body = new URLSearchParams(
    Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])),
  );
  const accounts = [...html.matchAll(/name="account" value="([^"]+)"/g)].map(([, id = '']) => id);
  body.set('account', accounts[account ?? 0] ?? '');
  body.set('decision', decision);
  const answer = await fetch(new URL(page.pathname, page), { method: 'POST', body, redirect: 'manual' });
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

async function arrive(location: string): Promise<{ status: number; location: string | null }> {
  const response = await fetch(location, { redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location') };
}

const connectionsShape = z.array(
  z.object({ provider: z.string(), status: z.string(), linked_user_ids: z.array(z.string()) }),
);

function connectionsOf(sandbox: Sandbox, userId: string) {
  return read(connectionsShape, call(sandbox, `/api/v1/users/${userId}/connections`));
}

describe('signing in at the vendor', () => {
  it('approving leads back to the redirect as it was given, with an active connection', async () => {
    await using sandbox = await openSandbox();
    const userId = await createUser(sandbox);
    const callback = await submit(await authorize(sandbox, userId), 'approve');
    expect(await arrive(callback)).toEqual({ status: 303, location: RETURN });
    expect(await connectionsOf(sandbox, userId)).toMatchObject([{ provider: 'oura', status: 'active' }]);
  });

  it('denying ends on a page of Open Wearables and connects nothing', async () => {
    await using sandbox = await openSandbox();
    const userId = await createUser(sandbox);
    const { location } = await arrive(await submit(await authorize(sandbox, userId), 'deny'));
    expect(location).toMatch(/^\/api\/v1\/oauth\/error\?message=access_denied:/);
    expect(await connectionsOf(sandbox, userId)).toEqual([]);
  });

  it('a second arrival with the same state is refused', async () => {
    await using sandbox = await openSandbox();
    const callback = await submit(await authorize(sandbox, await createUser(sandbox)), 'approve');
    await arrive(callback);
    const again = read(z.object({ detail: z.string() }), fetch(callback));
    expect(await again).toEqual({ detail: 'Invalid or expired state parameter' });
  });

  it('a state lives for fifteen minutes', async () => {
    let now = new Date('2026-11-21T12:00:00Z');
    await using sandbox = await openSandbox({ now: () => now });
    const callback = await submit(await authorize(sandbox, await createUser(sandbox)), 'approve');
    now = new Date('2026-11-21T12:15:00Z');
    expect((await arrive(callback)).status).toBe(400);
  });

  it('two people have rings of their own unless they choose the same one', async () => {
    await using sandbox = await openSandbox();
    const [first, second] = [await createUser(sandbox, 'ow:1'), await createUser(sandbox, 'ow:2')];
    await arrive(await submit(await authorize(sandbox, first), 'approve'));
    await arrive(await submit(await authorize(sandbox, second), 'approve'));
    expect((await connectionsOf(sandbox, first))[0]?.linked_user_ids).toEqual([]);
    await arrive(await submit(await authorize(sandbox, first), 'approve', 1));
    await arrive(await submit(await authorize(sandbox, second), 'approve', 1));
    expect((await connectionsOf(sandbox, first))[0]?.linked_user_ids).toEqual([second]);
  });

  it('the sign-in page sends nobody anywhere but to the callback of this server', async () => {
    await using sandbox = await openSandbox();
    const page = await authorize(sandbox, await createUser(sandbox));
    page.searchParams.set('redirect_uri', 'https://elsewhere.example/');
    expect((await fetch(page)).status).toBe(400);
    const body = new URLSearchParams({ redirect_uri: 'https://elsewhere.example/', decision: 'approve' });
    const posted = await fetch(new URL(page.pathname, page), { method: 'POST', body, redirect: 'manual' });
    expect(posted.status).toBe(400);
  });

  it('every provider has an icon of its own', async () => {
    await using sandbox = await openSandbox();
    const shape = z.array(z.object({ icon_url: z.string() }));
    const providers = await read(shape, call(sandbox, '/api/v1/oauth/providers'));
    const icons = await Promise.all(
      providers.map(async ({ icon_url }) => (await call(sandbox, icon_url)).text()),
    );
    expect(icons.every((icon) => icon.startsWith('<svg'))).toBe(true);
    expect(new Set(icons).size).toBe(12);
  });
});
