import { describe, expect, it } from 'vitest';
import { returnAddress } from '../../src/api/return-address.js';
import { signInAddress } from '../../src/open-wearables/sign-in-address.js';
import { ownReturn } from '../../src/web/patient/own-return.js';
import { redirectTricks } from './redirect-tricks.js';

const SITE = 'https://wearables.example';
const NONCE = 'A'.repeat(43);
/** Tricks as they are, and glued to our own address, as a query or an upstream may send them. */
const tricks = [...redirectTricks, ...redirectTricks.map((trick) => `${SITE}${trick}`)];

it('there are more than sixty tricks, each once', () => {
  expect(new Set(redirectTricks).size).toBe(redirectTricks.length);
  expect(redirectTricks.length).toBeGreaterThan(60);
});

it('a return page of another origin is none, though its path is one of ours', () => {
  for (const origin of [
    'https://evil.example',
    `${SITE}.evil.example`,
    `${SITE}:8443`,
    'http://wearables.example',
  ])
    expect(ownReturn(`${origin}/ow/complete`, SITE), origin).toBeUndefined();
});

describe.each(tricks)('%j', (trick) => {
  it('as what Open Wearables answers a vendor with, leads to a return page of ours or nowhere', () => {
    for (const location of [trick, `${trick}/ow/return/${NONCE}`, `${trick}/ow/complete`])
      expect(ownReturn(location, SITE) ?? '/ow/complete').toMatch(
        /^\/(ow\/return\/[A-Za-z0-9]{43}|ow\/complete|clients\/ow\/complete)$/,
      );
  });

  it('as a return address that a client asks for, is refused or stays with us', () => {
    const answered = outcome(() => returnAddress(SITE, trick));
    expect(answered === 'refused' || isOurs(answered), answered).toBe(true);
  });

  it('as where a patient signs in, leads nowhere', () => {
    expect(signInAddress(trick, 'oura', [])).toBeUndefined();
  });
});

it.each([`${SITE}/ow/return/${NONCE}`, `${SITE}/ow/complete?x=1`, `${SITE}/clients/ow/complete`])(
  'our own return page %s is gone to',
  (location) => {
    expect(ownReturn(location, SITE)).toBe(new URL(location).pathname);
  },
);

it('a client that asks for no return address gets our own page, and one of ours as a browser spells it', () => {
  expect(returnAddress(SITE, undefined)).toBe(`${SITE}/ow/complete`);
  expect(returnAddress(SITE, `${SITE}/study/../thanks`)).toBe(`${SITE}/thanks`);
});

it.each([
  'no address',
  'http://wearables.example/x',
  `https://pat@${SITE.slice(8)}/`,
  `https://:pw@${SITE.slice(8)}/`,
])('a return address like %s is refused as a mistake of whoever asks, in fixed words', (asked) => {
  const problem = { status: 400, detail: 'redirect_uri must be on this origin.' };
  expect(() => returnAddress(SITE, asked)).toThrow(expect.objectContaining(problem) as Error);
});

function outcome(call: () => string): string {
  try {
    return call();
  } catch {
    return 'refused';
  }
}

function isOurs(address: string): boolean {
  const { origin, username, password, protocol } = new URL(address);
  return origin === SITE && username + password === '' && protocol === 'https:';
}
