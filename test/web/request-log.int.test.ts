import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

const line = z.object({ event: z.literal('request'), route: z.string() });

/** The pattern of the last request that was served. */
function lastRoute(): string | undefined {
  const requests = world.logLines.flatMap((text) => line.safeParse(JSON.parse(text)).data ?? []);
  return requests.at(-1)?.route;
}

it.each([
  ['/admin/patients/40001', '/admin/patients/:id{[0-9]+}'],
  ['/admin/studies/30001', '/admin/studies/:id'],
  ['/api/v1/patients/40001', '/api/v1/patients/:id'],
  ['/FHIR/R5/Patient/40001', '/FHIR/R5/Patient/:id'],
  ['/ow/help', '/ow/help'],
  ['/health', '/health'],
  ['/nothing/here/planted', '/*'],
])('%s is logged as %s: the pattern that answered, never the address', async (path, pattern) => {
  const browser = await RawBrowser.signIn(world, 'manager_mary@example.com', SEED_PASSWORD);
  await browser.get(path);
  expect(lastRoute()).toBe(pattern);
});
