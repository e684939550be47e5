import { describe, expect, it } from 'vitest';
import type { FaultyAnswer } from '../../dev/open-wearables/faults.js';
import { freePort } from '../../dev/servers/ports.js';
import { createOpenWearables } from '../../src/open-wearables/client.js';
import { OpenWearablesFailure } from '../../src/open-wearables/failures.js';
import { againstSandbox } from './against.js';

const ANY = { path: /^\/api\/v1\// };
const PLANTED = 'planted upstream text';
const NOBODY = '{"items":[],"total":0}';
const detail = (text: string) => JSON.stringify({ detail: text });

async function failureOf(work: Promise<unknown>): Promise<OpenWearablesFailure> {
  const thrown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (thrown instanceof OpenWearablesFailure) return thrown;
  throw new Error('the call did not fail as it should', { cause: thrown });
}

/** The answer, what it means, and whether it is worth another try. */
const ANSWERS: readonly (readonly [string, FaultyAnswer, string, boolean])[] = [
  ['500 text/plain', { status: 500, contentType: 'text/plain', body: PLANTED }, 'ServerError', true],
  ['502 with HTML', { status: 502, contentType: 'text/html', body: PLANTED }, 'ServerError', true],
  ['HTML with 200', { status: 200, contentType: 'text/html', body: `<p>${PLANTED}` }, 'Unreadable', true],
  ['JSON of another shape', { status: 200, body: `{"items":"${PLANTED}"}` }, 'Unreadable', true],
  ['JSON cut short', { status: 200, body: `{"items":[{"id":"${PLANTED}` }, 'Unreadable', true],
  ['a body cut off', { status: 200, body: `{"items":["${PLANTED}`, reset: true }, 'Unreadable', true],
  ['good JSON called HTML', { status: 200, contentType: 'text/html', body: NOBODY }, 'Unreadable', true],
  ['an empty answer', { status: 200, body: '' }, 'Unreadable', true],
  ['503 in maintenance', { status: 503, body: detail(PLANTED) }, 'ServerError', true],
  ['a reset', { status: 200, reset: true }, 'Unreachable', true],
  ['429', { status: 429, body: detail(PLANTED) }, 'RateLimited', true],
  ['404', { status: 404, body: detail(PLANTED) }, 'NotFound', false],
  ['400', { status: 400, body: detail(PLANTED) }, 'BadRequest', false],
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'BadRequest', false],
  [
    '401: the key is wrong',
    { status: 401, body: detail('Invalid or missing API key') },
    'KeyRejected',
    false,
  ],
  [
    '401: the key is missing',
    { status: 401, body: detail('Authentication required: provide JWT token or API key') },
    'KeyRejected',
    false,
  ],
  [
    '401 about a connection',
    { status: 401, body: detail('User not connected to oura') },
    'NotAuthorized',
    false,
  ],
  ['401 with HTML', { status: 401, contentType: 'text/html', body: PLANTED }, 'NotAuthorized', false],
];

describe.each(ANSWERS)('%s', (_name, answer, kind, retryable) => {
  it(`is ${kind}, ${retryable ? 'worth another try' : 'final'}, and its text is not kept`, async () => {
    await using against = await againstSandbox();
    against.sandbox.control.faults.failNext(ANY, answer);
    const failure = await failureOf(against.client.probe());
    expect(failure).toMatchObject({ name: kind, kind, retryable });
    expect(failure.message).not.toContain('planted');
    expect(against.told).toEqual([`probe ${kind}`]);
  });
});

it('a wrong key is told in the words of the original', async () => {
  await using against = await againstSandbox({ apiKey: 'sk-wrong' });
  const failure = await failureOf(against.client.probe());
  expect(failure.message).toBe('401 Invalid or missing API key');
});

describe('Retry-After', () => {
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();
  const retryAfterOf = async (status: number, headers: Readonly<Record<string, string>>) => {
    await using against = await againstSandbox();
    against.sandbox.control.faults.failNext(ANY, { status, headers });
    return (await failureOf(against.client.probe())).details.retryAfterMs;
  };

  it.each([
    ['7', 7_000],
    ['86400', 900_000],
    ['soon', undefined],
    ['-1', undefined],
    ['0', undefined],
    ['Wed, 21 Oct 2015 07:28:00 GMT', undefined],
  ])('of %s waits %s ms', async (header, retryAfterMs) => {
    expect(await retryAfterOf(429, { 'retry-after': header })).toBe(retryAfterMs);
  });

  it('is read from a 503 as well', async () => {
    expect(await retryAfterOf(503, { 'retry-after': '7' })).toBe(7_000);
  });

  it('as a date counts from now', async () => {
    const wait = await retryAfterOf(429, { 'retry-after': inSeconds(60) });
    expect(wait).toBeGreaterThan(55_000);
    expect(wait).toBeLessThanOrEqual(61_000);
  });

  it('as a date counts on the clock of the answer, however wrong ours is', async () => {
    const headers = { date: inSeconds(3600), 'retry-after': inSeconds(3660) };
    expect(await retryAfterOf(429, headers)).toBe(60_000);
  });
});

it('a server that is not there is unreachable', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const client = createOpenWearables({ url, apiKey: 'sk-1', onFailure: () => undefined });
  expect(await failureOf(client.probe())).toMatchObject({ kind: 'Unreachable', retryable: true });
  await client.close();
});

it('a stalled answer times out', async () => {
  await using against = await againstSandbox({ timeoutMs: 200 });
  against.sandbox.control.faults.failNext(ANY, { status: 200, delayMs: 60_000 });
  expect(await failureOf(against.client.probe())).toMatchObject({ kind: 'TimedOut', retryable: true });
});

it('a caller who gives up gets the cancellation, which counts as nobody’s failure', async () => {
  await using against = await againstSandbox();
  against.sandbox.control.faults.failNext(ANY, { status: 200, delayMs: 60_000 });
  const giveUp = new AbortController();
  const asked = against.client.findOrCreateUser('wx:1', giveUp.signal);
  giveUp.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  expect(against.told).toEqual([]);
});

it('an answer without end is cut off', async () => {
  await using against = await againstSandbox();
  const body = ' '.repeat(17 * 1024 * 1024);
  against.sandbox.control.faults.failNext(ANY, { status: 200, body });
  expect((await failureOf(against.client.probe())).kind).toBe('Unreadable');
});
