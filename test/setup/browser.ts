import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { searchChromium } from '../../dev/servers/chromium.js';

declare module 'vitest' {
  interface ProvidedContext {
    browserAddress: string;
  }
}

/** Once a run: the browser whose contexts all files open. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { executable, environment } = await searchChromium({
    configured: process.env['CHROME_PATH'],
    searchPath: process.env['PATH'],
    say: () => undefined,
  });
  const server = await chromium.launchServer({
    executablePath: executable,
    env: { ...process.env, ...environment },
  });
  project.provide('browserAddress', server.wsEndpoint());
  return async () => {
    await server.close();
  };
}
