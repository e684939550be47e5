import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 43 characters out of 62 carry 256 bits. */
const TOKEN_LENGTH = 43;
export const TOKEN_PATTERN = /^[A-Za-z0-9]{43}$/;

/** A fresh unguessable token of letters and digits, for sessions, invitations, return addresses and API clients. */
export function newToken(): string {
  return Array.from({ length: TOKEN_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

/** The only form of a token that is stored: SHA-256. Tokens are random, so no salt is needed. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * The session id that a page's own form opens: whoever sends the same form twice gets the same session. Nobody else knows
 * `visit`, a token that was made for that one page.
 */
export function sessionIdOf(token: string, visit: string): string {
  return createHash('sha256').update(`session/${token}/${visit}`).digest('base64url');
}

/** Compares two secrets in a time that does not depend on where they differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(hashToken(a), hashToken(b));
}
