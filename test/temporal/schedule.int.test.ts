import { ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startTemporal, type TemporalServer } from '../../dev/servers/temporal.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { createOrchestration } from '../../src/temporal/orchestration.js';
import { ensurePollSchedule } from '../../src/temporal/schedule.js';
import { ids } from '../../src/workflows/contract.js';

const MINUTE = 60_000;
const QUEUE = 'nobody-works-here';
const SITE_URL = 'http://localhost:8001';

let server: TemporalServer;
let temporal: { client: Client; close: () => Promise<void> };
beforeAll(async () => {
  server = await startTemporal({ uiPort: null, say: () => undefined });
  temporal = await connectTemporal({
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_NAMESPACE: 'default',
    SITE_URL,
  });
});
afterAll(async () => {
  await temporal.close();
  await server.stop();
});
beforeEach(async () => {
  await schedule()
    .delete()
    .catch(() => undefined);
});

const schedule = () => temporal.client.schedule.getHandle(ids.pollSchedule);
const ensure = (minutes: number, jitterSeconds = 0) =>
  ensurePollSchedule(
    { client: temporal.client, taskQueue: QUEUE, siteUrl: SITE_URL },
    { 'ow.poll_interval_minutes': minutes, 'ow.poll_jitter_seconds': jitterSeconds },
  );

it('a missing schedule is made: every 15 minutes, one poll at a time, no flood after an outage', async () => {
  await ensure(15);
  const { spec, policies, action, state } = await schedule().describe();
  expect(spec.intervals).toMatchObject([{ every: 15 * MINUTE }]);
  expect(policies).toMatchObject({
    overlap: ScheduleOverlapPolicy.SKIP,
    catchupWindow: 5 * MINUTE,
    pauseOnFailure: false,
  });
  expect(action).toMatchObject({ workflowType: 'poll', workflowId: 'ow-poll', taskQueue: QUEUE, args: [] });
  expect(state.paused).toBe(false);
});

it('a start with another interval changes the schedule instead of leaving the old one', async () => {
  await ensure(15);
  await ensure(5);
  expect((await schedule().describe()).spec.intervals).toMatchObject([{ every: 5 * MINUTE }]);
});

it('polls may begin a little later, each by another time', async () => {
  await ensure(15, 30);
  expect((await schedule().describe()).spec.jitter).toBe(30_000);
});

it('two workers that start at the same moment agree on one schedule', async () => {
  await Promise.all([ensure(15), ensure(15), ensure(15)]);
  expect((await schedule().describe()).spec.intervals).toMatchObject([{ every: 15 * MINUTE }]);
});

it("a start keeps an operator's pause and its note", async () => {
  await ensure(15);
  await schedule().pause('the vendor is being mended');
  await ensure(15);
  const { state } = await schedule().describe();
  expect(state).toMatchObject({ paused: true, note: 'the vendor is being mended' });
});

it('a start repairs what somebody changed by hand', async () => {
  await ensure(15);
  await schedule().update((current) => ({
    ...current,
    policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: '365 days', pauseOnFailure: true },
  }));
  await ensure(15);
  expect((await schedule().describe()).policies).toMatchObject({
    overlap: ScheduleOverlapPolicy.SKIP,
    catchupWindow: 5 * MINUTE,
    pauseOnFailure: false,
  });
});

it('an operator who asks for a poll while one runs is told that one runs', async () => {
  await ensure(15);
  const orchestration = createOrchestration(temporal.client, QUEUE);
  expect(await orchestration.pollRunningSince()).toBeUndefined();
  const workflowId = await orchestration.triggerPoll();
  expect(workflowId).toMatch(/^ow-poll-/);
  expect(await orchestration.triggerPoll()).toBeUndefined();
  expect(await orchestration.pollRunningSince()).toBeInstanceOf(Date);
  await temporal.client.workflow.getHandle(workflowId ?? '').terminate('the test is over');
});

it('a poll that ends in the moment another is asked for was running all the same', async () => {
  await ensure(15);
  const orchestration = createOrchestration(temporal.client, QUEUE);
  const running = await orchestration.triggerPoll();
  const schedules = temporal.client.schedule;
  const getHandle = schedules.getHandle.bind(schedules);
  const seen = vi.spyOn(schedules, 'getHandle').mockImplementation((id) => {
    const handle = getHandle(id);
    return {
      ...handle,
      async describe() {
        const described = await handle.describe();
        if (described.info.numActionsSkippedOverlap > 0) await end(running);
        return described;
      },
    };
  });
  expect(await orchestration.triggerPoll()).toBeUndefined();
  expect(await orchestration.pollRunningSince()).toBeUndefined();
  seen.mockRestore();
});

async function end(workflowId: string | undefined): Promise<void> {
  const handle = temporal.client.workflow.getHandle(workflowId ?? '');
  await handle.terminate('the test is over').catch(() => undefined);
}
