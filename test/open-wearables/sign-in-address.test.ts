import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSandbox } from '../../dev/open-wearables/sandbox.js';
import { createOpenWearables } from '../../src/open-wearables/client.js';
import { signInAddress } from '../../src/open-wearables/sign-in-address.js';

const recordings = new URL('../fixtures/open-wearables/recorded/', import.meta.url);
const recorded = z.object({
  request: z.object({ path: z.string() }),
  response: z.object({ body: z.object({ authorization_url: z.string() }) }),
});
/** What a running Open Wearables answered, by provider. */
const answers = readdirSync(recordings)
  .filter((name) => /^authorize-.*-200\.json$/.test(name))
  .map((name) => recorded.parse(JSON.parse(readFileSync(new URL(name, recordings), 'utf8'))))
  .map(
    ({ request, response }) =>
      [request.path.split('/').at(-2) ?? '', response.body.authorization_url] as const,
  );

describe('a patient who signs in with a maker', () => {
  it('is led to the host of each maker that Open Wearables is known to lead to', () => {
    expect(answers.length).toBeGreaterThan(10);
    for (const [provider, told] of answers)
      expect(signInAddress(told, provider, [])).toBe(new URL(told).href);
  });

  it('is not led to the host of another maker', () => {
    for (const [provider] of answers)
      for (const [other, told] of answers)
        if (other !== provider) expect(signInAddress(told, provider, []), provider).toBeUndefined();
  });

  it.each([
    'https://cloud.ouraring.com.evil.example/oauth/authorize',
    'https://evil.example/cloud.ouraring.com',
    'https://evil.example?cloud.ouraring.com',
    'https://cloud.ouraring.com@evil.example/',
    'https://evil.example@cloud.ouraring.com/',
    'https://:secret@cloud.ouraring.com/',
    'https://cloud.ouraring.com:8443/oauth/authorize',
    'https://login.cloud.ouraring.com/',
    'https://ouraring.com/',
    'https://cloud.ouraring.сom/',
    'http://cloud.ouraring.com/oauth/authorize',
    'http://localhost:8000/vendor',
    'ftp://cloud.ouraring.com/',
    'javascript:alert(1)//cloud.ouraring.com',
    '//cloud.ouraring.com/oauth/authorize',
    'oauth/authorize',
  ])('is not led to %s', (told) => {
    expect(signInAddress(told, 'oura', [])).toBeUndefined();
  });

  it('is led to no host of a maker that nobody knows, nor by a name that every object has', () => {
    for (const provider of ['nonsense', '', 'constructor', 'toString', '__proto__'])
      expect(signInAddress('https://cloud.ouraring.com/', provider, [])).toBeUndefined();
    expect(signInAddress('https://undefined/', 'nonsense', [])).toBeUndefined();
  });

  it('is led to hosts that whoever runs the service names; on this machine without https, too', () => {
    const named = ['sign-in.example', 'localhost:*', '127.0.0.1:8000', '[::1]:*', 'plain.example'];
    for (const told of [
      'https://sign-in.example/oura?state=x',
      'http://localhost:8000/vendor?state=x',
      'http://127.0.0.1:8000/vendor',
      'http://[::1]:8000/vendor',
    ])
      expect(signInAddress(told, 'oura', named)).toBe(told);
    for (const told of ['http://plain.example/', 'http://127.0.0.1:8001/', 'https://sign-in.example:8443/'])
      expect(signInAddress(told, 'oura', named)).toBeUndefined();
  });
});

it('an answer that leads elsewhere is a failure with a name, told without the address', async () => {
  const sandbox = await startSandbox({ historyRunMs: 0 });
  const told: unknown[] = [];
  const client = createOpenWearables({
    ...{ url: sandbox.url, apiKey: sandbox.apiKey, signInHosts: ['localhost:*', '127.0.0.1:*'] },
    onFailure: ({ kind, message }, operation) => told.push({ kind, message, operation }),
  });
  const user = '7f1c2b1e-6d3f-4a0e-9a57-0d8f4c6f2b11';
  try {
    const { authorization_url: own } = await client.authorize('oura', user, 'https://wearables.example/');
    expect(own).toContain('/vendor/oura/oauth/authorize');
    const body = JSON.stringify({ authorization_url: 'https://evil.example/oura', state: 's' });
    sandbox.control.faults.failNext({ path: /authorize$/ }, { status: 200, body });
    await expect(client.authorize('oura', user, 'https://wearables.example/')).rejects.toThrow(
      expect.objectContaining({ kind: 'ForeignSignIn', retryable: false }) as Error,
    );
    expect(told).toEqual([
      {
        ...{ kind: 'ForeignSignIn', operation: 'authorize' },
        message:
          'Open Wearables leads to a sign-in page that is not known to be of the maker (SIGN_IN_HOSTS)',
      },
    ]);
  } finally {
    await client.close();
    await sandbox.close();
  }
});
