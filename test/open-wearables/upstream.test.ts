import { expect, it } from 'vitest';
import { startSandbox } from '../../dev/open-wearables/sandbox.js';
import { createEgress } from '../../src/egress.js';
import { createEvents } from '../../src/events.js';
import { createLogger } from '../../src/logger.js';
import type { RuntimeSettings } from '../../src/runtime-settings.js';
import { resolveSettings } from '../../src/settings.js';
import { createMetrics } from '../../src/telemetry.js';
import { createUpstream } from '../../src/upstream.js';

it('the pace is that of the setting, and a change holds at once', async () => {
  const sandbox = await startSandbox({ historyRunMs: 0 });
  const values = new Map<string, unknown>([
    ['ow.api_url', sandbox.url],
    ['ow.api_key', sandbox.apiKey],
  ]);
  const recent: RuntimeSettings['recent'] = () => Promise.resolve(resolveSettings(values));
  const metrics = createMetrics({ processMetrics: false });
  const events = createEvents(createLogger({ level: 'silent' }), metrics);
  const upstream = createUpstream({ recent, egress: createEgress({ OW_API_URL: sandbox.url }) }, events);
  const timeOfSixProbes = async (perSecond: number) => {
    values.set('ow.requests_per_second', perSecond);
    const begun = performance.now();
    const probes = Array.from({ length: 6 }, async () => (await upstream.openWearables()).probe());
    await Promise.all(probes);
    return performance.now() - begun;
  };
  try {
    expect(await timeOfSixProbes(5)).toBeGreaterThan(990);
    expect(await timeOfSixProbes(1000)).toBeLessThan(900);
  } finally {
    await upstream.close();
    await sandbox.close();
  }
});
