import { randomBytes } from 'node:crypto';
import type { World } from './world.js';

const SECRET_BYTES = 24;

/** From now on the sandbox tells of new data at once, as Open Wearables does when its webhooks are switched on. */
export async function sendWebhooks({ app, config, sandbox }: World): Promise<void> {
  if (sandbox === undefined) return;
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  await app.settings.write('ow.webhook_secret', secret, null);
  sandbox.control.sendWebhooksTo({ url: `${config.SITE_URL}/api/v1/ow/webhooks`, secret });
}
