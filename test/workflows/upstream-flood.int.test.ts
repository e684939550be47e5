import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { ids } from '../../src/workflows/contract.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';
import { type MockedTemporal, type Stage, startMockedTemporal } from './mocked-temporal.js';

vi.setConfig({ testTimeout: 120_000 });

/** What a worker does at once of the upstream's task queue, and more reads than that. */
const SLOTS = 32;
const READS = 120;
const WEEK = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-08T00:00:00.000Z' };
const SOON_MS = 10_000;

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(() => temporal.close());

it('first pages that all stall hold up neither of them', async () => {
  const stall = new EventEmitter();
  const stalled = once(stall, 'over');
  let reads = 0;
  const { withdrawn, ...others } = besides();
  const activities = {
    ...others,
    readFirstPages: async () => {
      reads += 1;
      await stalled;
      const found = { ...NO_COUNTS, outcome: 'nothing new' as const };
      return { kind: 'all' as const, found, remembered: { isAgain: false } };
    },
  };
  await temporal.tell(activities, async (stage) => {
    try {
      for (let patientId = 1; patientId <= READS; patientId += 1)
        await stage.orchestration.pollPatient(patientId, 'test');
      await until('all are being read', () => Promise.resolve(reads >= READS));
      await othersGoOn(stage, withdrawn);
    } finally {
      stall.emit('over');
    }
  });
});

it('reads that all stall hold up neither the bookkeeping of a poll nor a withdrawal', async () => {
  const stall = new EventEmitter();
  const stalled = once(stall, 'over');
  let reads = 0;
  const { withdrawn, ...others } = besides();
  const activities = {
    ...others,
    readHistory: async () => {
      reads += 1;
      await stalled;
      return { ...NO_COUNTS, from: WEEK.from };
    },
  };
  await temporal.tell(activities, async (stage) => {
    try {
      for (let patientId = 1; patientId <= READS; patientId += 1)
        await stage.orchestration.requestBackfill(patientId, WEEK);
      await until('every slot of the upstream is taken', () => Promise.resolve(reads >= SLOTS));
      await othersGoOn(stage, withdrawn);
      expect(reads).toBe(SLOTS);
    } finally {
      stall.emit('over');
    }
  });
});

/** What others need: a shard without patients, and an erasure. */
function besides() {
  const withdrawn: number[] = [];
  return {
    withdrawn,
    duePatients: () => Promise.resolve([]),
    withdrawConsents: ({ patientId }: { patientId: number }) => {
      withdrawn.push(patientId);
      return Promise.resolve(1);
    },
    endRunsOf: () => Promise.resolve(0),
    mailErasure: () => Promise.resolve('sent' as const),
    endAccount: () => Promise.resolve('deleted' as const),
    removeRecords: () => Promise.resolve({ rows: 0, isDone: true }),
    concludeErasure: () => Promise.resolve(0),
  };
}

async function othersGoOn({ start, taskQueue }: Stage, withdrawn: readonly number[]): Promise<void> {
  const pollId = `ow-poll-${taskQueue}`;
  const shard = { pollId, afterId: 0, lastId: 250, patients: 250 };
  const poll = await start('pollShard', ids.shard(pollId, 1), shard);
  const erasure = { erasureId: 1, patientId: 7, askedAs: 'operator' };
  await start('erasure', `erasure/${taskQueue}`, erasure);
  const bookkept: unknown = await Promise.race([poll.result(), later(SOON_MS)]);
  expect(bookkept).toMatchObject(NO_COUNTS);
  await until('the consents are withdrawn', () => Promise.resolve(withdrawn.length > 0), SOON_MS);
}

function later(ms: number): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, ms, 'it waits for a slot').unref());
}
