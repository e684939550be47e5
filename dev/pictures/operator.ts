import type { Browser } from 'playwright-core';
import { until } from '../journey/until.js';
import { picture } from './album.js';
import { signIn } from './coordinator.js';

/** The operator has everybody read, and looks whether all is well. */
export async function lookAfterIt(browser: Browser, site: string): Promise<void> {
  const page = await signIn(browser, site, 'admin@example.com');
  await page.getByRole('link', { name: 'Sync health' }).click();
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByText(/The poll is asked to start now|A poll runs already/).waitFor();
  await until('the poll has ended', async () => {
    await page.reload();
    return page.locator('table.is-polls').getByText('Done').first().isVisible();
  });
  await picture(page, 'sync-health');
}
