import { createHmac, randomBytes } from 'node:crypto';
import { lookAt } from './live.js';
import type { World } from './world.js';

/** Where webhooks go; the secret is `whsec_` and the key in base64. */
export interface Endpoint {
  readonly url: string;
  readonly secret: string;
  /** Events of other types are not sent; absent: all are. */
  readonly filterTypes?: readonly string[];
}

/** A message that was sent; status null: nobody answered. */
export interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly status: number | null;
}

const LOOK_EVERY_MS = 1000;

/** Outgoing webhooks as Svix sends them, one after the other, each tried once; off until there is an endpoint. */
export class Webhooks {
  readonly deliveries: Delivery[] = [];
  #endpoint: Endpoint | null = null;
  #looking: NodeJS.Timeout | undefined;
  #sent: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();

  constructor(private readonly world: World) {}

  /** With an endpoint, what rings measure and runs bring comes in without anybody asking, so that it is told. */
  sendTo(endpoint: Endpoint | null): void {
    this.#endpoint = endpoint;
    clearInterval(this.#looking);
    this.world.tell = null;
    if (endpoint === null) return;
    this.world.tell = (type, data) => {
      this.#send(endpoint, type, data);
    };
    this.#looking = setInterval(() => {
      for (const userId of this.world.users.keys()) lookAt(this.world, userId);
    }, LOOK_EVERY_MS);
  }

  async close(): Promise<void> {
    this.sendTo(null);
    this.#closing.abort();
    await this.#sent;
  }

  #send(endpoint: Endpoint, type: string, data: object): void {
    if (endpoint.filterTypes?.includes(type) === false) return;
    const id = `msg_${randomBytes(12).toString('base64url')}`;
    const body = JSON.stringify({ type, data });
    this.#sent = this.#sent.then(async () => {
      if (this.#endpoint !== endpoint) return;
      this.deliveries.push({ id, type, status: await this.#deliver(endpoint, id, body) });
    });
  }

  async #deliver({ url, secret }: Endpoint, id: string, body: string): Promise<number | null> {
    const headers = { 'content-type': 'application/json', ...svixHeaders(secret, id, body) };
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, signal: this.#closing.signal });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }
}

/** The headers of a message that is signed now, or at another time. */
export function svixHeaders(secret: string, id: string, body: string, at = new Date()) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` };
}
