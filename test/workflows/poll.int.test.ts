import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import type { Activities } from '../../src/activities/create.js';
import { ids, type PatientOutcome, type PollPlan } from '../../src/workflows/contract.js';
import { EMPTY_TALLY, NO_COUNTS } from '../../src/workflows/counts.js';
import { gate } from './gate.js';
import { moreOf } from './more.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

const NOBODY = EMPTY_TALLY.patients;

/** Two new observations for everybody, behind the first page; the read of patient `held` waits at the gate. */
function patients(held?: number) {
  const way = gate();
  const recorded = new Map<number, PatientOutcome>();
  const begun: number[] = [];
  const activities: Partial<Activities> = {
    duePatients: ({ afterId, lastId }) =>
      Promise.resolve(Array.from({ length: lastId - afterId }, (_, index) => afterId + 1 + index)),
    studiesOf: (patientIds) => Promise.resolve(patientIds.map(() => [])),
    readFirstPages: ({ patientId }) => Promise.resolve(moreOf(patientId)),
    readSamples: async ({ patientId }) => {
      begun.push(patientId);
      if (patientId === held) await way.opened;
      return { ...NO_COUNTS, seen: 2, created: 2 };
    },
    recordPatientOutcome: ({ patientId, outcome }) => {
      recorded.set(patientId, outcome);
      return Promise.resolve({ isAgain: false });
    },
    completePoll: (_, mode, tally) => Promise.resolve({ ...tally, message: mode }),
    refusePoll: (_, refusal, tally) => Promise.resolve({ ...tally, message: refusal }),
  };
  const arrival = () =>
    until('the held patient is being read', () => Promise.resolve(begun.includes(held ?? 0)));
  return { way, recorded, arrival, activities };
}

const shardOf = (afterId: number, lastId: number) => ({ afterId, lastId, patients: lastId - afterId });

it('a poll adds up what its shards read and who had nothing to read', async () => {
  const { recorded, activities } = patients();
  const planPoll = (): Promise<PollPlan> =>
    Promise.resolve({
      ...{ refusal: null, mode: 'normalized', due: 5, skipped: { 'not consented': 3 } },
      shards: [shardOf(100, 102), shardOf(102, 105)],
    });
  await temporal.tell({ ...activities, planPoll }, async ({ start }) => {
    const handle = await start('poll', 'ow-poll-1');
    expect(await handle.result()).toEqual({
      ...{ ...NO_COUNTS, seen: 10, created: 10 },
      patients: { ...NOBODY, 'new data': 5, 'not consented': 3 },
      message: 'normalized',
    });
  });
  expect([...recorded.keys()].sort()).toEqual([101, 102, 103, 104, 105]);
});

it('a poll whose upstream refuses the key is refused in the words of the failure, without a retry', async () => {
  const { activities } = patients();
  let asked = 0;
  const planPoll = (): Promise<PollPlan> => {
    asked += 1;
    return Promise.reject(ApplicationFailure.create({ type: 'KeyRejected', message: '401 Invalid key' }));
  };
  await temporal.tell({ ...activities, planPoll }, async ({ start }) => {
    const handle = await start('poll', 'ow-poll-2');
    expect(await handle.result()).toMatchObject({ message: 'ow_poll aborted: 401 Invalid key', created: 0 });
  });
  expect(asked).toBe(1);
});

it('a patient whose poll already runs is in flight, and the others are read', async () => {
  const { way, arrival, activities } = patients(202);
  await temporal.tell(activities, async ({ start, orchestration, client }) => {
    await orchestration.pollPatient(202, 'first connect');
    await arrival();
    const handle = await start('pollShard', 'ow-poll-3/shard-1', {
      ...shardOf(200, 203),
      pollId: 'ow-poll-3',
    });
    expect(await handle.result()).toMatchObject({ patients: { ...NOBODY, 'new data': 2, 'in flight': 1 } });
    way.open();
    await client.workflow.getHandle(ids.pollPatient(202)).result();
  });
});

it('a patient whose read is ended from outside could not be read, and the others are', async () => {
  const { way, recorded, arrival, activities } = patients(302);
  await temporal.tell(activities, async ({ start, client }) => {
    const handle = await start('pollShard', 'ow-poll-4/shard-1', {
      ...shardOf(300, 303),
      pollId: 'ow-poll-4',
    });
    await arrival();
    await client.workflow.getHandle(ids.pollPatient(302)).terminate('by an operator');
    const { patients: outcomes, created } = (await handle.result()) as typeof EMPTY_TALLY;
    expect(outcomes).toEqual({ ...NOBODY, 'new data': 2, 'could not read': 1 });
    expect(created).toBe(4);
    way.open();
  });
  expect([...recorded.keys()].sort()).toEqual([301, 303]);
});

it('a shard that is ended from outside counts its patients as not read, and the other shards go on', async () => {
  const { way, arrival, activities } = patients(402);
  const planPoll = (): Promise<PollPlan> =>
    Promise.resolve({
      ...{ refusal: null, mode: 'normalized', due: 5, skipped: {} },
      shards: [shardOf(400, 402), shardOf(402, 405)],
    });
  await temporal.tell({ ...activities, planPoll }, async ({ start, client }) => {
    const handle = await start('poll', 'ow-poll-5');
    await arrival();
    await client.workflow.getHandle(ids.shard('ow-poll-5', 1)).terminate('by an operator');
    expect(await handle.result()).toMatchObject({
      patients: { ...NOBODY, 'new data': 3, 'could not read': 2 },
    });
    way.open();
  });
});

it('a poll that an operator cancels ends as cancelled, with all its patients', async () => {
  const { way, arrival, activities } = patients(502);
  await temporal.tell(activities, async ({ start, client }) => {
    const handle = await start('pollShard', 'ow-poll-6/shard-1', {
      ...shardOf(500, 503),
      pollId: 'ow-poll-6',
    });
    await arrival();
    await handle.cancel();
    // The held read may end only afterwards: a child that is done before the cancellation arrives is simply done.
    await expect(handle.result().finally(way.open)).rejects.toThrow('cancelled');
    const child = await client.workflow.getHandle(ids.pollPatient(502)).describe();
    expect(['CANCELLED', 'TERMINATED']).toContain(child.status.name);
  });
});

it('a patient that cannot be read is an outcome with the type of the failure, not an error', async () => {
  const { activities } = patients();
  const failures: (string | undefined)[] = [];
  await temporal.tell(
    {
      ...activities,
      readSamples: () => Promise.reject(ApplicationFailure.nonRetryable('no such record', 'NotFound')),
      recordPatientOutcome: ({ failure }) => {
        failures.push(failure);
        return Promise.resolve({ isAgain: false });
      },
    },
    async ({ orchestration }) => {
      const result = await orchestration.pollPatientNow(601, 'an operator');
      expect(result).toMatchObject({ outcome: 'could not read', failure: 'NotFound', created: 0 });
    },
  );
  expect(failures).toEqual(['NotFound']);
});
