import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { assetRoutes, assetUrl } from '../../src/web/assets.js';
import { glyphNames } from '../../src/web/components/device-glyph.js';
import { drawings } from '../../src/web/components/drawing.js';
import { iconNames } from '../../src/web/components/icon.js';

const get = (address: string, headers: Record<string, string> = {}) =>
  assetRoutes().request(address, { headers });

it.each([
  ['bootstrap.min.css', 'text/css; charset=utf-8'],
  ['theme.css', 'text/css; charset=utf-8'],
  ['favicon.svg', 'image/svg+xml; charset=utf-8'],
] as const)('%s is served as what it is, to be kept for a year', async (name, type) => {
  const answer = await get(assetUrl(name));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(type);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await answer.text()).length).toBeGreaterThan(100);
});

it.each(['/assets/theme.css', '/assets/theme.css?v=of-another-build'])(
  '%s is asked again each time',
  async (address) => {
    expect((await get(address)).headers.get('cache-control')).toBe('public, no-cache');
  },
);

it('what the browser has already is not sent again', async () => {
  const etag = (await get('/assets/theme.css')).headers.get('etag') ?? '';
  const again = await get('/assets/theme.css', { 'If-None-Match': etag });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
  expect((await get('/assets/theme.css', { 'If-None-Match': 'W/"other"' })).status).toBe(200);
});

it('is compressed for browsers that can read it', async () => {
  const plain = await (await get('/assets/theme.css')).text();
  const answer = await get('/assets/theme.css', { 'Accept-Encoding': 'gzip, br' });
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(await answer.arrayBuffer()).toString()).toBe(plain);
});

it('the styles and pictures of a page fit into 60 KiB on the wire', async () => {
  const names = ['bootstrap.min.css', 'theme.css', 'favicon.svg'] as const;
  const sizes = await Promise.all(
    names.map(async (name) => {
      const answer = await get(assetUrl(name), { 'Accept-Encoding': 'gzip' });
      return (await answer.arrayBuffer()).byteLength;
    }),
  );
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(60 * 1024);
});

it.each(['/assets/nothing.css', '/assets/toString', '/assets/..%2Fassets.ts'])(
  '%s is not found',
  async (address) => {
    expect((await get(address)).status).toBe(404);
  },
);

it('the symbols at hand are those in use and no other', () => {
  expect([...drawings().keys()].sort()).toEqual([...iconNames, ...glyphNames].sort());
});

it('dark is the same whether chosen or asked for by the system', async () => {
  const theme = await (await get('/assets/theme.css')).text();
  const tokens = (block: RegExp) =>
    [...(block.exec(theme)?.[1] ?? '').matchAll(/--wx-[\w-]+: [^;]+;/g)].map(([token]) => token);
  const chosen = tokens(/\[data-bs-theme='dark'\] \{([^}]+)\}/);
  const asked = tokens(/:root:not\(\[data-bs-theme='light'\]\) \{([^}]+)\}/);
  expect(chosen.length).toBeGreaterThan(40);
  expect(asked).toEqual(chosen);
});

it('every mark of a chart has its look', () => {
  const folder = fileURLToPath(new URL('../../src/web/', import.meta.url));
  const texts = (ending: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
  const used = [...texts('.tsx').matchAll(/class="(c-[a-z -]+)"/g)].flatMap(([, names = '']) =>
    names.split(' '),
  );
  const styles = texts('.css');
  expect(used.length).toBeGreaterThan(3);
  expect(used.filter((name) => !styles.includes(`.${name}`))).toEqual([]);
});
