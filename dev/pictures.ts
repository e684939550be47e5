import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { environmentOver } from '../src/config.js';
import { createLogger } from '../src/logger.js';
import { PICTURES } from './pictures/album.js';
import { foundStudy, invitePatient, lookAround, signIn } from './pictures/coordinator.js';
import { lookAfterIt } from './pictures/operator.js';
import { followInvitation } from './pictures/patient.js';
import { searchChromium } from './servers/chromium.js';
import { freePort } from './servers/ports.js';
import { startWorld } from './world.js';

const say = (line: string) => process.stdout.write(`  ${line}\n`);

/** `npm run pictures`: plays a study from its founding to its charts, and makes the pictures of the documents. */
async function takePictures(): Promise<void> {
  await mkdir('.world', { recursive: true });
  const environment = environmentOver({});
  const [web, openWearables, temporal] = [await freePort(), await freePort(), await freePort()];
  const world = await startWorld({
    ports: { web, openWearables, temporal, temporalUi: null, mail: null },
    say,
    logger: createLogger({ level: 'info', destination: createWriteStream('.world/pictures.log') }),
    environment,
  });
  const found = await searchChromium({
    ...{ configured: environment['CHROME_PATH'], searchPath: environment['PATH'], say },
  });
  const browser = await chromium.launch({
    executablePath: found.executable,
    env: { ...process.env, ...found.environment },
  });
  try {
    const site = world.config.SITE_URL;
    const mary = await signIn(browser, site, 'manager_mary@example.com');
    await foundStudy(mary);
    await followInvitation(browser, await invitePatient(mary, 'Noah', 'Brandt'));
    await lookAround(mary, 'Noah Brandt');
    await lookAfterIt(browser, site);
    say(`Look at each of them in ${PICTURES}`);
  } finally {
    await browser.close();
    await world.close();
  }
}

await takePictures();
