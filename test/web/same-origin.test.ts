import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { sameOriginOnly } from '../../src/web/same-origin.js';

const SITE = 'https://wearables.example';
const REFUSED = 'This form was not sent from our own page.';

/** What a server of this address says to a request. */
async function asked(
  method: string,
  headers: Record<string, string>,
  site = SITE,
  at = site,
): Promise<string> {
  const app = new Hono();
  app.use(sameOriginOnly(site));
  app.all('/form', (context) => context.text('done'));
  const answer = await app.request(`${at}/form`, { method, headers });
  const text = method === 'HEAD' ? '' : await answer.text();
  return `${answer.status} ${text}`;
}

describe('a form', () => {
  it('of our own page is taken, by browsers that tell where it comes from and by those that do not', async () => {
    expect(await asked('POST', { origin: SITE })).toBe('200 done');
    expect(await asked('POST', { origin: SITE, 'sec-fetch-site': 'same-origin' })).toBe('200 done');
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'sent by %s from elsewhere is refused',
    async (method) => {
      expect(await asked(method, { origin: 'https://evil.example' })).toBe(`403 ${REFUSED}`);
    },
  );

  it.each([
    ['no origin', {}],
    ['an origin without a name', { origin: 'null' }],
    ['the same name without https', { origin: 'http://wearables.example' }],
    ['the same name at another port', { origin: `${SITE}:8443` }],
    ['a longer name', { origin: `${SITE}.evil.example` }],
    ['our origin, caused by another site', { origin: SITE, 'sec-fetch-site': 'cross-site' }],
    ['our origin, caused by a sister of this site', { origin: SITE, 'sec-fetch-site': 'same-site' }],
    ['our origin, caused by nobody', { origin: SITE, 'sec-fetch-site': 'none' }],
  ])('with %s is refused', async (_, headers: Record<string, string>) => {
    expect(await asked('POST', headers)).toBe(`403 ${REFUSED}`);
  });
});

it.each(['GET', 'HEAD'])('%s changes nothing and is answered to everybody', async (method) => {
  expect(await asked(method, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toMatch(
    /^200/,
  );
});

describe('another name of this machine', () => {
  it('is ours where there is no https', async () => {
    const [site, at] = ['http://localhost:8001', 'http://127.0.0.1:8001'];
    expect(await asked('POST', { origin: at }, site, at)).toBe('200 done');
    expect(await asked('POST', { origin: site }, site, at)).toBe('200 done');
  });

  it('is not ours under https, whatever name a proxy asks for', async () => {
    const at = 'http://wearables.example';
    expect(await asked('POST', { origin: at }, SITE, at)).toBe(`403 ${REFUSED}`);
    expect(await asked('POST', { origin: SITE }, SITE, at)).toBe('200 done');
  });
});
