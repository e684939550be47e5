import { expect, it } from 'vitest';
import type { Addressee } from '../../src/db/invitation-links.js';
import { erasureLetter, letterTo } from '../../src/mail/letter.js';
import { letterTexts, type LetterKind } from '../../src/mail/texts.js';

const addressee: Addressee = {
  patientId: 1,
  email: 'ana@example.com',
  nameGiven: 'Ana',
  language: 'en',
  timeZone: 'Europe/Berlin',
  organization: 'Lifespan Lab',
  invitedBy: 'Mary Manager',
  invitationUrl: 'https://wx.example/ow/?code=CODE',
  status: 'issued',
  expiresAt: new Date('2026-11-28T09:00:00Z'),
};
const occasion = {
  token: 'T'.repeat(43),
  until: addressee.expiresAt,
  siteUrl: 'https://wx.example',
};
const kinds: readonly LetterKind[] = ['invitation', 'invitation reminder', 'connect reminder', 'fresh link'];
const letter = (kind: LetterKind, change: Partial<Addressee> = {}) =>
  letterTo({ ...addressee, ...change }, { ...occasion, kind, purpose: `${kind}/1` });

it.each(kinds)('the letter "%s" has one link, and says until when it works, in each language', (kind) => {
  for (const [language, until] of [
    ['en', /Saturday,? 28 November 2026/],
    ['es', /sábado, 28 de noviembre de 2026/],
  ] as const) {
    const { subject, text } = letter(kind, { language });
    expect(text.match(/https?:\/\/\S+/g)).toEqual([
      `https://wx.example/ow/?code=wx.example_${'T'.repeat(43)}`,
    ]);
    expect(text).toMatch(until);
    expect(text).toContain('10:00');
    expect(subject).toContain('Lifespan Lab');
    expect(subject).not.toContain('undefined');
  }
});

it('the last letter says what was asked for and when, how to find it, and has no link', () => {
  for (const [language, askedAt, found] of [
    ['en', /Saturday,? 28 November 2026/, 'Reference: 90001'],
    ['es', /sábado, 28 de noviembre de 2026/, 'Referencia: 90001'],
  ] as const) {
    const asked = { erasureId: 90001, askedAt: addressee.expiresAt };
    const { to, subject, text } = erasureLetter(
      { ...addressee, language, ...asked },
      'e/1',
      occasion.siteUrl,
    );
    expect(text).not.toMatch(/https?:/);
    expect(text).toMatch(askedAt);
    expect(text).toContain(found);
    expect([to, subject]).toEqual(['ana@example.com', expect.stringContaining('Lifespan Lab')]);
  }
});

it('a letter that is tried again is the same letter to a mail system, and no other is', () => {
  expect(letter('invitation').messageId).toBe(letter('invitation').messageId);
  expect(new Set(kinds.map((kind) => letter(kind).messageId)).size).toBe(kinds.length);
});

it('every language has the same letters', () => {
  expect(Object.keys(letterTexts.es).sort()).toEqual(Object.keys(letterTexts.en).sort());
});
