import type { MiddlewareHandler } from 'hono';

const ofPages = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  // Bootstrap draws ticks and carets with data: pictures.
  "img-src 'self' data:",
  // Browsers apply this to redirects after a POST too: the way to a device maker is a page that moves on by itself.
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What is no page loads nothing, whatever a browser takes it for. */
const ofAllElse = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const headers = {
  'X-Content-Type-Options': 'nosniff',
  // The Referer holds no path or query, where an invitation code may stand, and a POST keeps its Origin,
  // which `no-referrer` turns into `null`.
  'Referrer-Policy': 'strict-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** Two years, as the preload lists of browsers ask for. */
const https = 'max-age=63072000; includeSubDomains';

/**
 * Response headers of everything, errors too: no frame, nothing inline, nothing of another origin, nothing kept by
 * caches, and no way back to plain http once it was https. A handler that sets `Cache-Control` or a policy of its own
 * keeps it.
 */
export function securityHeaders(siteUrl: string): MiddlewareHandler {
  const isSecure = siteUrl.startsWith('https:');
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (isSecure) c.header('Strict-Transport-Security', https);
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
    const isPage = c.res.headers.get('Content-Type')?.startsWith('text/html') === true;
    if (!c.res.headers.has('Content-Security-Policy'))
      c.header('Content-Security-Policy', isPage ? ofPages : ofAllElse);
  };
}
