import { startSandbox } from '../dev/open-wearables/sandbox.js';
import type { Asked } from './open-wearables.js';

/** The sandbox as a process of its own: tells where it is, then does what its parent asks of its control. */
async function serve(): Promise<void> {
  const sandbox = await startSandbox({ historyRunMs: 0 });
  process.on('message', ({ number, call }: Asked) => {
    if (call.name === 'addSamples') sandbox.control.addSamples(...call.args);
    else if (call.name === 'setConnection') sandbox.control.setConnection(...call.args);
    else if (call.name === 'connect') sandbox.control.connect(...call.args);
    else if (call.name === 'sendWebhooksTo') sandbox.control.sendWebhooksTo(...call.args);
    else if (call.name === 'setWeather') sandbox.control.faults.setWeather(...call.args);
    else sandbox.control.requests.clear();
    process.send?.({ done: number });
  });
  process.once('disconnect', () => void sandbox.close());
  process.send?.({ url: sandbox.url, apiKey: sandbox.apiKey });
}

await serve();
