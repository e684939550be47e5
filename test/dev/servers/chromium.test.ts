import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { searchChromium } from '../../../dev/servers/chromium.js';
import { listener, temporaryFolder } from './world.js';

function program(folder: string, name: string, says: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
  chmodSync(path, 0o755);
  return path;
}

test('the configured browser comes first, then an installed one', async () => {
  const folder = temporaryFolder();
  const configured = program(join(folder, 'configured'), 'mine', 'Chromium 143.0');
  program(join(folder, 'other'), 'chromium', 'a different tool');
  const installed = program(join(folder, 'path'), 'google-chrome', 'Google Chrome 143.0');
  const searchPath = `${folder}/nowhere:${folder}/other:${folder}/path`;
  const search = { searchPath, cacheDir: folder, say: listener().say };
  expect(await searchChromium({ ...search, configured })).toEqual({
    executable: configured,
    environment: {},
  });
  expect((await searchChromium({ ...search, configured: undefined })).executable).toBe(installed);
});

test('a configured browser that does not run is an error, not a reason to take another', async () => {
  const folder = temporaryFolder();
  const search = { searchPath: undefined, cacheDir: folder, say: listener().say };
  await expect(searchChromium({ ...search, configured: join(folder, 'none') })).rejects.toThrow(
    'CHROME_PATH does not name a Chromium that runs. Correct it or unset it.',
  );
});

test(
  'where none is installed, the one inside the npm package opens a page',
  { timeout: 120_000 },
  async () => {
    const { say, lines } = listener();
    const search = { configured: undefined, searchPath: undefined, cacheDir: temporaryFolder(), say };
    const { executable, environment } = await searchChromium(search);
    expect(lines).toEqual(['Unpacking the Chromium of the npm package @sparticuz/chromium ...']);
    const browser = await chromium.launch({
      executablePath: executable,
      env: { PATH: process.env['PATH'], ...environment },
    });
    try {
      const page = await browser.newPage();
      await page.setContent('<title>seen</title><h1>Words with a font</h1>');
      expect(await page.title()).toBe('seen');
      expect(await page.locator('h1').isVisible()).toBe(true);
    } finally {
      await browser.close();
    }
  },
);
