import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { createRequestId } from '../src/request-id.js';

const GIVEN = '3f6f1c1e-8a1d-4f0e-9c0a-5b1f1d2e3c4d';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

async function calledBy(remoteAddress: string, header: string | undefined): Promise<string> {
  const requestIdOf = createRequestId(['10.0.0.0/8']);
  const app = new Hono().get('/', (context) => context.text(requestIdOf(context)));
  const headers = header === undefined ? {} : { 'x-request-id': header };
  const answer = await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } });
  return answer.text();
}

it('a request is called what a proxy of ours calls it', async () => {
  expect(await calledBy('10.1.2.3', GIVEN)).toBe(GIVEN);
  expect(await calledBy('10.1.2.3', GIVEN.toUpperCase())).toBe(GIVEN);
});

it.each([
  ['a client that calls itself something', '192.0.2.7', GIVEN],
  ['a proxy that says nothing', '10.1.2.3', undefined],
  ['a proxy that passes on what is no UUID', '10.1.2.3', "x' or 1=1"],
])('%s gets a new one', async (_who, address, header) => {
  const called = await calledBy(address, header);
  expect(called).toMatch(UUID);
  expect(called).not.toBe(GIVEN);
});
