import { randomBytes, randomUUID } from 'node:crypto';
import { svixHeaders } from '../../dev/open-wearables/webhooks.js';
import type { TestWorld } from './test-world.js';

export const SECRET = newSecret();

export function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

export function addressOf({ config }: Pick<TestWorld, 'config'>): string {
  return `${config.SITE_URL}/api/v1/ow/webhooks`;
}

/** What a message may have of its own; what is left out is as a good one has it. */
export interface Message {
  readonly id?: string;
  readonly body?: string;
  readonly secret?: string;
  readonly at?: Date;
}

/** The body of an event about a user of Open Wearables. */
export function eventOf(owUserId: string, type = 'heart_rate.created'): string {
  return JSON.stringify({ type, data: { user_id: owUserId, provider: 'oura' } });
}

/** Sends a message as Svix does. */
export async function send(world: Pick<TestWorld, 'config'>, message: Message): Promise<Response> {
  const { id = `msg_${randomUUID()}`, body = eventOf(randomUUID()), secret = SECRET, at } = message;
  return post(world, body, svixHeaders(secret, id, body, at));
}

export async function post(
  world: Pick<TestWorld, 'config'>,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const all = { 'content-type': 'application/json', ...headers };
  return fetch(addressOf(world), { method: 'POST', headers: all, body });
}
