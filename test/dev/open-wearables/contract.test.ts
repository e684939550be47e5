import { describe, expect, it } from 'vitest';
import { createApp } from '../../../dev/open-wearables/app.js';
import { comparable, requestOf } from './recorded-answers.js';
import { worldBehind } from './recorded-world.js';
import { NOT_REPLAYED, recordingNames, recordingOf } from './recordings.js';
import type { Recording } from './recordings.js';

const HEADERS = ['content-type', 'location', 'www-authenticate', 'allow'];

function headersOf(headers: Headers | Record<string, string>): Record<string, string | undefined> {
  const all = new Headers(headers);
  return Object.fromEntries(HEADERS.map((name) => [name, all.get(name)?.toLowerCase()]));
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return null;
  return response.headers.get('content-type') === 'application/json' ? JSON.parse(text) : text;
}

async function replay(recording: Recording) {
  const defects: Error[] = [];
  const app = createApp(worldBehind(recording), (error) => defects.push(error));
  const { url, init } = requestOf(recording);
  const response = await app.request(url, init);
  expect(defects).toEqual([]);
  return { status: response.status, headers: headersOf(response.headers), body: await bodyOf(response) };
}

function authorizationUrlOf(body: unknown): URL {
  const url = typeof body === 'object' && body && 'authorization_url' in body ? body.authorization_url : '';
  return new URL(String(url));
}

const replayed = recordingNames().filter((name) => !(name in NOT_REPLAYED));

describe('the sandbox answers as the recorded Open Wearables did', () => {
  it.each(replayed)('%s', async (name) => {
    const recording = recordingOf(name);
    const { response } = recording;
    const answer = await replay(recording);
    expect(answer.status).toBe(response.status);
    expect(answer.headers).toEqual(headersOf(response.headers));
    expect(comparable(name, answer.body)).toEqual(comparable(name, response.body));
  });

  it.each(replayed.filter((name) => /^authorize-.*-200$/.test(name)))(
    '%s: the authorization URL differs in host and secrets only',
    async (name) => {
      const recording = recordingOf(name);
      const parametersOf = (body: unknown) => {
        const url = authorizationUrlOf(body);
        for (const secret of ['state', 'code_challenge']) {
          if (url.searchParams.has(secret)) url.searchParams.set(secret, 'made-up');
        }
        return [...url.searchParams];
      };
      const { body } = await replay(recording);
      expect(parametersOf(body)).toEqual(parametersOf(recording.response.body));
      const provider = recording.request.path.split('/').at(-2) ?? '';
      expect(authorizationUrlOf(body).pathname).toBe(`/vendor/${provider}/oauth/authorize`);
    },
  );

  it('every recording that is not replayed has a reason and exists', () => {
    expect(recordingNames()).toEqual(expect.arrayContaining(Object.keys(NOT_REPLAYED)));
  });
});
