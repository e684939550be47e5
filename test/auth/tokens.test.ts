import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { hashToken, newToken, sameSecret, sessionIdOf, TOKEN_PATTERN } from '../../src/auth/tokens.js';

it('tokens are made of every letter and digit alike', () => {
  const letters = new Set(Array.from({ length: 200 }, newToken).join(''));
  expect([...letters].sort().join('')).toBe('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
});

it('a token is recognised whole: nothing before, after or between', () => {
  const token = newToken();
  expect(TOKEN_PATTERN.test(token)).toBe(true);
  for (const other of [` ${token}`, `${token} `, token.slice(1), `${token}a`, token.replace(/./, '-')])
    expect(TOKEN_PATTERN.test(other)).toBe(false);
});

it('what is kept of a token is its SHA-256', () => {
  expect(hashToken('a token').toString('hex')).toBe(createHash('sha256').update('a token').digest('hex'));
});

it('the session that a form opens is that of its link and its page: both, and in this order', () => {
  const id = sessionIdOf('link', 'visit');
  expect(id).toBe('1C_kGz0CPELAYf6X7Ln5CaW8M51AjC6Cy7rfteTs9Uw');
  expect(sessionIdOf('link', 'visit')).toBe(id);
  for (const other of [
    sessionIdOf('link', 'another'),
    sessionIdOf('other', 'visit'),
    sessionIdOf('visit', 'link'),
  ])
    expect(other).not.toBe(id);
});

it('secrets are the same or they are not', () => {
  expect(sameSecret('planted', 'planted')).toBe(true);
  for (const other of ['Planted', 'planted ', '', 'plante']) expect(sameSecret('planted', other)).toBe(false);
});
