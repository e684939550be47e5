import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { anyone } from '../auth/declared-policies.js';
import { pathOfPackageFile } from '../package-files.js';

const css = 'text/css; charset=utf-8';
const svg = 'image/svg+xml; charset=utf-8';
const javaScript = 'text/javascript; charset=utf-8';

/** Our own style sheet, in the order of the cascade; later parts override earlier ones. */
const themeParts = [
  'tokens',
  'bootstrap',
  'base',
  'shells',
  'states',
  'journey',
  'choices',
  'log',
  'parts',
  'tables',
  'staff',
  'staff-parts',
  'operations',
  'strips',
  'charts',
  'media',
  'staff-widths',
] as const;

/** What the pages do by themselves; each page works without. */
const scriptParts = {
  patient: ['fragment', 'pressed', 'live', 'log', 'copy-log'],
  staff: ['copy', 'live'],
} as const;

/** Every file a page may load. Bootstrap and uPlot come from their npm packages, the rest lies in `assets/` beside this file. */
const files = {
  'bootstrap.min.css': {
    type: css,
    read: () => readFileSync(pathOfPackageFile('bootstrap/dist/css/bootstrap.min.css')),
  },
  'theme.css': {
    type: css,
    read: () => Buffer.concat(themeParts.map((part) => ownFile(`theme/${part}.css`))),
  },
  'patient.js': { type: javaScript, read: () => scriptOf('patient') },
  'staff.js': { type: javaScript, read: () => scriptOf('staff') },
  'uplot.css': { type: css, read: () => readFileSync(pathOfPackageFile('uplot/dist/uPlot.min.css')) },
  'uplot.mjs': { type: javaScript, read: () => readFileSync(pathOfPackageFile('uplot/dist/uPlot.esm.js')) },
  'points.js': { type: javaScript, read: () => ownFile('points.js') },
  'favicon.svg': { type: svg, read: () => ownFile('favicon.svg') },
} as const;

export type AssetName = keyof typeof files;

interface Asset {
  readonly type: string;
  readonly hash: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly gzipped: Uint8Array<ArrayBuffer>;
}

function ownFile(name: string): Buffer {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url));
}

function scriptOf(pages: keyof typeof scriptParts): Buffer {
  return Buffer.concat(scriptParts[pages].map((part) => ownFile(`scripts/${part}.js`)));
}

const loaded = new Map<AssetName, Asset>();

/** Files are read, hashed and compressed once, at their first use. */
function load(name: AssetName): Asset {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const { type, read } = files[name];
  const plain = new Uint8Array(read());
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 16);
  const asset = { type, hash, plain, gzipped: new Uint8Array(gzipSync(plain, { level: 9 })) };
  loaded.set(name, asset);
  return asset;
}

function isAsset(name: string): name is AssetName {
  return Object.hasOwn(files, name);
}

/** The address of an asset, with the hash of its content: changed content is a new address. */
export function assetUrl(name: AssetName): string {
  return `/assets/${name}?v=${load(name).hash}`;
}

/**
 * `GET /assets/<name>`: styles and pictures of the pages. A request with the current hash may be kept for a year,
 * any other is asked again; unknown names answer 404.
 */
export function assetRoutes(): Hono {
  const routes = new Hono();
  routes.get('/assets/:name', anyone, (c) => {
    const name = c.req.param('name');
    if (!isAsset(name)) return c.notFound();
    const { type, hash, plain, gzipped } = load(name);
    const etag = `W/"${hash}"`;
    c.header('ETag', etag);
    c.header('Vary', 'Accept-Encoding');
    c.header(
      'Cache-Control',
      c.req.query('v') === hash ? 'public, max-age=31536000, immutable' : 'public, no-cache',
    );
    if (c.req.header('If-None-Match')?.includes(etag) === true) return c.body(null, 304);
    c.header('Content-Type', type);
    if (c.req.header('Accept-Encoding')?.includes('gzip') !== true) return c.body(plain);
    c.header('Content-Encoding', 'gzip');
    return c.body(gzipped);
  });
  return routes;
}
