import { expect, it } from 'vitest';
import { challengeOf, invitationCode, invitationLink, tokenOfCode } from '../../src/auth/invitation-code.js';
import { newToken } from '../../src/auth/tokens.js';

it('the code carries the percent-encoded host and the token, in exactly two parts', () => {
  const token = newToken();
  const code = invitationCode('http://localhost:8001', token);
  expect(code).toBe(`localhost%3A8001_${token}`);
  expect(code.split('_')).toHaveLength(2);
  expect(tokenOfCode(code)).toBe(token);
});

it('the link is the address of the client with the code in it', () => {
  const link = invitationLink(
    'https://exchange.example/clients/ow/?code=CODE',
    'https://exchange.example',
    'T'.repeat(43),
  );
  expect(link).toBe(`https://exchange.example/clients/ow/?code=exchange.example_${'T'.repeat(43)}`);
});

it.each([
  '',
  'short',
  `host_${'x'.repeat(42)}`,
  `host_${'x'.repeat(44)}`,
  `host_${'x'.repeat(42)}!`,
  `a_b_${'x'.repeat(43)}`,
])('a malformed code %j has no token', (code) => {
  expect(tokenOfCode(code)).toBeUndefined();
});

it('tokens are unlike each other and 43 letters or digits long', () => {
  const tokens = Array.from({ length: 200 }, newToken);
  expect(new Set(tokens).size).toBe(200);
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9]{43}$/);
});

it('the challenge is that of the verifier which a client makes of the token', () => {
  // RFC 7636, S256, worked out with another program.
  expect(challengeOf('NULgpYyGzyAOsoP3AEcMID3u6pw9mbpV')).toBe('aHdJRuDMnx74deTw7hnz5phEuwrhLuPn__6aHsdc9DA');
});
