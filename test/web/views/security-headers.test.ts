import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { assetRoutes, assetUrl } from '../../../src/web/assets.js';
import { securityHeaders } from '../../../src/web/security-headers.js';

function app(siteUrl = 'http://localhost:8001'): Hono {
  const routes = new Hono();
  routes.use(securityHeaders(siteUrl));
  routes.route('/', assetRoutes());
  routes.get('/page', (c) => c.html('<!doctype html>'));
  routes.get('/broken', () => {
    throw new Error('broken');
  });
  routes.onError((_error, c) => c.text('sorry', 500));
  return routes;
}

it('a page may load scripts, styles and pictures of its own origin, and nothing else', async () => {
  const policy = (await app().request('/page')).headers.get('content-security-policy');
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]);
});

it.each(['/page', '/broken', '/nowhere'])(
  '%s is not kept, framed, sniffed or told to others',
  async (path) => {
    const { headers } = await app().request(path);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
  },
);

it.each([
  ['https://wearables.example', 'max-age=63072000; includeSubDomains'],
  ['http://localhost:8001', null],
])('under %s browsers are told to stay with https: %s', async (siteUrl, told) => {
  const { headers } = await app(siteUrl).request('/page');
  expect(headers.get('strict-transport-security')).toBe(told);
});

it('what is no page may load nothing', async () => {
  const policy = (await app().request('/broken')).headers.get('content-security-policy');
  expect(policy).toBe("default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
});

it('assets keep their long life', async () => {
  const { headers } = await app().request(assetUrl('theme.css'));
  expect(headers.get('cache-control')).toContain('immutable');
});
