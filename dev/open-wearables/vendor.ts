import { randomBytes } from 'node:crypto';
import type { Account } from './generator/ring.js';
import { mix, hashText } from './noise.js';
import { Refusal } from './refusal.js';
import type { World } from './world.js';

/** A device the sign-in page offers. */
export interface OfferedRing {
  readonly account: Account;
  readonly name: string;
}

const SHARED_NAMES = ['Birch', 'Harbour', 'Ember'] as const;

function accountOf(world: World, provider: string, person: string): Account {
  const digits = [1, 2].map((salt) => mix(world.seed, hashText(`${provider}/${person}`), salt).toString(16));
  const id = digits.map((part) => part.padStart(8, '0')).join('');
  return { provider, id: `${provider}-${id.slice(0, 12)}`.toUpperCase() };
}

/** The account that belongs to one Open Wearables user and nobody else. */
export function ownAccount(world: World, provider: string, userId: string): Account {
  const user = world.users.get(userId);
  return accountOf(world, provider, user?.externalUserId ?? userId);
}

/** The accounts of the sign-in page: the person's own first, then some that several people may share. */
export function offeredRings(world: World, provider: string, state: string): OfferedRing[] {
  const userId = world.pending.get(state)?.userId ?? state;
  const own = { account: ownAccount(world, provider, userId), name: 'My own' };
  const shared = SHARED_NAMES.map((name) => ({ account: accountOf(world, provider, name), name }));
  return [own, ...shared];
}

/** Approve: a code, good for one exchange. */
export function issueCode(world: World, account: Account): string {
  const code = randomBytes(12).toString('hex');
  world.codes.set(code, account);
  return code;
}

/**
 * What Open Wearables does with the code when the browser is back. The vendor's own words end up in the answer;
 * after any failure the browser is stranded there and the state is gone.
 */
export function exchangeCode(world: World, provider: string, code: string): Account {
  const trouble = world.vendorTrouble.get(provider);
  if (trouble === 'down') {
    throw new Refusal(400, 'Failed to exchange authorization code: <html>down</html>');
  }
  if (trouble === 'garbage') {
    throw new Refusal(500, 'Token exchange failed: Expecting value: line 1 column 1 (char 0)');
  }
  const account = world.codes.get(code);
  world.codes.delete(code);
  if (trouble === 'refuses-code' || account?.provider !== provider) {
    throw new Refusal(400, 'Failed to exchange authorization code: {"error":"invalid_grant"}');
  }
  return account;
}
