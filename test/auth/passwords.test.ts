import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commonPasswordsText } from '../../dev/common-passwords.js';
import { passwordProblem } from '../../src/auth/password-rules.js';
import { hashPassword, passwordFits } from '../../src/auth/passwords.js';

const EMAIL = 'mary.okonkwo+work@lifespan.example';
const TOO_COMMON = 'Too many people use this password, or one much like it.';
const NAMED = "It must not hold the account's e-mail name or the name of this service.";

it('a password is kept as Argon2id of 19 MiB, two passes and one lane, salted', async () => {
  const stored = await hashPassword('a long walk by the river');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22,}\$[\w+/]{43}$/);
  expect(await hashPassword('a long walk by the river')).not.toBe(stored);
  expect(await passwordFits('a long walk by the river', stored)).toBe(true);
  expect(await passwordFits('A long walk by the river', stored)).toBe(false);
});

it('the same letters fit whichever way a keyboard writes them', async () => {
  const stored = await hashPassword('caf\u00e9 au bord de mer');
  expect(await passwordFits('cafe\u0301 au bord de mer', stored)).toBe(true);
});

it('no password fits an account that does not exist, not even the one it is compared with', async () => {
  for (const password of ['a long walk by the river', 'an account that does not exist', ''])
    expect(await passwordFits(password, undefined)).toBe(false);
});

describe('a new password', () => {
  it.each([
    ['a', 'At least 12 characters.'],
    ['brave-tulip', 'At least 12 characters.'],
    ['brave-tulip9', undefined],
    ['🦦🌊🍋🎻🧭🪁🦔🌵🥁🛶🧦', 'At least 12 characters.'],
    ['🦦🌊🍋🎻🧭🪁🦔🌵🥁🛶🧦🍉', undefined],
    ['x7'.repeat(3) + 'correct horse battery '.repeat(5) + 'staple me', undefined],
    ['correct horse '.repeat(9) + 'ab', undefined],
    ['correct horse '.repeat(9) + 'abc', 'At most 128 characters.'],
  ])('has 12 to 128 characters: %s', (password, problem) => {
    expect(passwordProblem(password, EMAIL)).toBe(problem);
  });

  it.each([
    ...['q1w2e3r4t5y6', 'LeaveMeAlone', 'administrator', '1qaz2wsx3edc', 'password1234', 'Password2026!'],
    ...[
      'P@ssw0rd1234',
      '!!sunshine!!99',
      ...['5un5h1ne-2026', '$un$hine-2026', 'sun5hin3-2026', 'l3tmein7-2026', '!loveyou-2026'],
      ...['7rustno1-2026', '4dministr4tor', 'abcabcabcabc', 'sunshine sunshine '],
      'aaaaaaaaaaaa',
      '121212121212',
      'passwordpassword',
      '１２３４５６７８９０１２',
    ],
  ])('is not one that everybody knows, nor one made of it: %s', (password) => {
    expect(passwordProblem(password, EMAIL)).toBe(TOO_COMMON);
  });

  it.each(['mary.okonkwo2031', 'I am MaryOkonkwo', 'wearable-exchange-7', 'my mary okonkwo day'])(
    'does not hold the name of the account or the service: %s',
    (password) => {
      expect(passwordProblem(password, EMAIL)).toBe(NAMED);
    },
  );

  it('may hold a name of three letters, but none of four', () => {
    expect(passwordProblem('my mary walks alone', 'mary@lifespan.example')).toBe(NAMED);
    expect(passwordProblem('my mary walks alone', 'mar@lifespan.example')).toBeUndefined();
  });

  it.each([
    'all lower case words',
    '0492 5518 7730 26',
    'nur Kleinbuchstaben',
    'ленивый кот на окне',
    'annoying otters',
    'a quiet door shhh',
    'zqvkzqvkzqvk',
  ])('may be made of any characters: %s', (password) => {
    expect(passwordProblem(password, 'ann@lifespan.example')).toBeUndefined();
  });
});

it('the list of common passwords is the one that dev/common-passwords.ts makes', () => {
  const list = readFileSync(new URL('../../src/auth/common-passwords/list.txt', import.meta.url), 'utf8');
  expect(list).toBe(commonPasswordsText());
  expect(list.split('\n').length).toBeGreaterThan(7_000);
});
