import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { preferences } from '../../src/web/preferences.js';
import { readerOf } from '../../src/web/reader.js';
import type { WebEnv } from '../../src/web/session.js';

const app = new Hono<WebEnv>();
app.use(preferences('http://localhost:8001', () => Promise.resolve()));
app.get('/ow/', (context) => {
  const { texts, locale, theme } = readerOf(context);
  return context.text([texts.shell.language, locale, theme ?? 'as the device'].join(' '));
});
app.post('/ow/', (context) => context.text('the form of the page itself'));

async function read(headers: Record<string, string>): Promise<string> {
  return (await app.request('/ow/', { headers })).text();
}

it.each([
  ['', 'en en-GB'],
  ['es', 'es es-ES'],
  ['es-MX,es;q=0.9,en;q=0.8', 'es es-MX'],
  ['en-US,en;q=0.9', 'en en-US'],
  ['de-AT,de;q=0.9,es;q=0.5', 'es es-AT'],
  ['de', 'en en-GB'],
  ['es;q=0, en;q=0.1', 'en en-GB'],
  ['pt-BR, es;q=0.2, en;q=0.7', 'en en-BR'],
  ['*, <script>, es-, 123', 'en en-GB'],
])('a browser that asks for "%s" is answered in %s', async (asked, answered) => {
  expect(await read({ 'accept-language': asked })).toBe(`${answered} as the device`);
});

it('the switch wins over the browser, whose region stays', async () => {
  expect(await read({ 'accept-language': 'en-US', cookie: 'language=es; theme=dark' })).toBe('es es-US dark');
  expect(await read({ 'accept-language': 'en-US', cookie: 'language=xx; theme=pink' })).toBe(
    'en en-US as the device',
  );
});

async function post(address: string, body: Record<string, string>): Promise<Response> {
  return app.request(address, { method: 'POST', body: new URLSearchParams(body) });
}

it('switching shows the same page again, its address unchanged, and lasts', async () => {
  const answer = await post('/ow/?code=localhost_secret', { language: 'es' });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/ow/?code=localhost_secret');
  expect(answer.headers.get('set-cookie')).toMatch(
    /^language=es; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
});

it('any other form goes on to its page', async () => {
  expect(await (await post('/ow/', { answer: 'save' })).text()).toBe('the form of the page itself');
});
