import { ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTemporal, type TemporalServer } from '../../dev/servers/temporal.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { ensureHealSchedule } from '../../src/temporal/schedule.js';
import { ids } from '../../src/workflows/contract.js';

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

it('healing runs once a night at 03:30, never beside itself, and keeps the pause of an operator', async () => {
  const schedule = temporal.client.schedule.getHandle(ids.heal);
  const ensure = () =>
    ensureHealSchedule({ client: temporal.client, taskQueue: 'nobody-works-here', siteUrl: SITE_URL });
  await ensure();
  await schedule.pause('the vendor is being mended');
  await ensure();
  const { info, policies, action, state } = await schedule.describe();
  const times = info.nextActionTimes.slice(0, 2).map((time) => time.toISOString());
  expect(times.every((time) => time.endsWith('T03:30:00.000Z'))).toBe(true);
  expect(new Set(times).size).toBe(2);
  expect(policies).toMatchObject({ overlap: ScheduleOverlapPolicy.SKIP, pauseOnFailure: false });
  expect(action).toMatchObject({ workflowType: 'heal', workflowId: 'ow-heal' });
  expect(state.paused).toBe(true);
});
