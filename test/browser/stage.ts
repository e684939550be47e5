import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

export interface BrowserStage {
  readonly world: TestWorld;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** A world of the file's own and the browser of the run; the history that is read back is short. */
export async function setBrowserStage(): Promise<BrowserStage> {
  const [world, browser] = await Promise.all([startTestWorld(), chromium.connect(inject('browserAddress'))]);
  await world.app.settings.write('ow.backfill_days', '2', null);
  return {
    world,
    browser,
    async close() {
      await browser.close();
      await world.close();
    },
  };
}
