import { describe, expect, it } from 'vitest';
import { heartRates, hoursAgo, TIMESERIES } from '../helpers/samples.js';
import { againstSandbox, type Against } from './against.js';

const USERS = /^\/api\/v1\/users$/;

function samplesOf(owUserId: string, cursor: string | null = null) {
  const [from, to] = [hoursAgo(24).toISOString(), hoursAgo(0).toISOString()];
  return { owUserId, series: ['heart_rate', 'resting_heart_rate'], from, to, cursor };
}

describe('samples', () => {
  it('are asked for with each series as a parameter of its own, 100 a page', async () => {
    await using against = await againstSandbox();
    const owUserId = await against.client.findOrCreateUser('wx:1');
    await against.client.samples(samplesOf(owUserId));
    const asked = against.sandbox.control.requests.find(({ path }) => TIMESERIES.path.test(path));
    expect(asked?.query).toMatchObject({ types: ['heart_rate', 'resting_heart_rate'], limit: ['100'] });
    expect(asked?.query).not.toHaveProperty('cursor');
  });

  it('come page by page along the cursor', async () => {
    await using against = await againstSandbox();
    const owUserId = await against.client.findOrCreateUser('wx:1');
    against.sandbox.control.addSamples(owUserId, heartRates(hoursAgo(20), 101));
    const first = await against.client.samples(samplesOf(owUserId));
    expect([first.data.length, first.pagination.has_more]).toEqual([100, true]);
    const second = await against.client.samples(samplesOf(owUserId, first.pagination.next_cursor ?? null));
    expect([second.data.length, second.pagination.has_more]).toEqual([1, false]);
  });
});

describe('an account', () => {
  const accounts = ({ sandbox }: Against) => sandbox.control.usersByExternalId('wx:1');
  const posts = ({ sandbox }: Against) => sandbox.control.requests.filter(({ method }) => method === 'POST');

  it('is created once and found ever after', async () => {
    await using against = await againstSandbox();
    const created = await against.client.findOrCreateUser('wx:1');
    expect(await against.client.findOrCreateUser('wx:1')).toBe(created);
    expect([accounts(against).length, posts(against).length]).toEqual([1, 1]);
  });

  it('whose answer got lost is found by the next try', async () => {
    await using against = await againstSandbox();
    const lostAnswer = { status: 201, reset: true } as const;
    against.sandbox.control.faults.failNext({ method: 'POST', path: USERS }, lostAnswer);
    await expect(against.client.findOrCreateUser('wx:1')).rejects.toMatchObject({ kind: 'Unreachable' });
    const id = await against.client.findOrCreateUser('wx:1');
    expect(accounts(against).map((user) => user.id)).toEqual([id]);
  });

  it.each([400, 409])('that another try created meanwhile is found after a %i', async (status) => {
    await using against = await againstSandbox();
    const own = await against.client.findOrCreateUser('wx:1');
    const { faults } = against.sandbox.control;
    const nobody = { items: [], total: 0, page: 1, limit: 1, pages: 0, has_next: false, has_prev: false };
    faults.failNext({ method: 'GET', path: USERS }, { status: 200, body: JSON.stringify(nobody) });
    faults.failNext({ method: 'POST', path: USERS }, { status, body: '{"detail":"exists"}' });
    expect(await against.client.findOrCreateUser('wx:1')).toBe(own);
  });

  it('asked for by many at once is one account', async () => {
    await using against = await againstSandbox();
    const ids = await Promise.all(Array.from({ length: 10 }, () => against.client.findOrCreateUser('wx:1')));
    expect(new Set(ids).size).toBe(1);
    expect(accounts(against)).toHaveLength(1);
  });

  it('that is created without an answer we can read is a failure', async () => {
    await using against = await againstSandbox();
    against.sandbox.control.faults.failNext({ method: 'POST', path: USERS }, { status: 201, body: '{}' });
    await expect(against.client.findOrCreateUser('wx:1')).rejects.toMatchObject({ kind: 'Unreadable' });
  });
});

it('revoking a connection that never was counts as done', async () => {
  await using against = await againstSandbox();
  const owUserId = await against.client.findOrCreateUser('wx:1');
  await against.client.disconnect(owUserId, 'oura');
});

it('revoked connections are listed as such, and an unknown account has none', async () => {
  await using against = await againstSandbox();
  const owUserId = await against.client.findOrCreateUser('wx:1');
  against.sandbox.control.setConnection(owUserId, 'oura', { status: 'active' });
  await against.client.disconnect(owUserId, 'oura');
  const connections = await against.client.connections(owUserId);
  expect(connections.map(({ provider, status }) => [provider, status])).toEqual([['oura', 'revoked']]);
  expect(await against.client.connections('7f1c2b1e-6d3f-4a0e-9a57-0d8f4c6f2b11')).toEqual([]);
});
