/**
 * Deterministic noise: the same numbers in give the same number out, in any order, so that a single sample of
 * a ring can be made without making the ones before it.
 */

function stir(hash: number, number: number): number {
  let stirred = Math.imul(hash ^ number ^ (number / 0x1_0000_0000), 0x85ebca6b);
  stirred = Math.imul(stirred ^ (stirred >>> 13), 0xc2b2ae35);
  return stirred ^ (stirred >>> 16);
}

/** A 32-bit hash of up to four whole numbers (an avalanche mix after each one). */
export function mix(a: number, b = 0, c = 0, d = 0): number {
  return stir(stir(stir(stir(0x9e3779b9, a), b), c), d) >>> 0;
}

/** Evenly spread in [0, 1). */
export function chance(a: number, b?: number, c?: number, d?: number): number {
  return mix(a, b, c, d) / 0x1_0000_0000;
}

/** Evenly spread in [low, high). */
export function between(low: number, high: number, a: number, b?: number, c?: number, d?: number): number {
  return low + (high - low) * chance(a, b, c, d);
}

/** A smooth curve through random points at whole `x`, in [-1, 1]. */
export function drift(seed: number, x: number): number {
  const left = Math.floor(x);
  const part = x - left;
  const ease = part * part * (3 - 2 * part);
  const from = between(-1, 1, seed, left);
  return from + (between(-1, 1, seed, left + 1) - from) * ease;
}

/** A 32-bit hash of a text. */
export function hashText(text: string): number {
  let hash = 0;
  for (const character of text) hash = mix(hash, character.codePointAt(0) ?? 0);
  return hash;
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function byteOf(number: number, shift: number): string {
  return BYTES[(number >>> shift) & 0xff] ?? '';
}

function hex(number: number): string {
  return byteOf(number, 24) + byteOf(number, 16) + byteOf(number, 8) + byteOf(number, 0);
}

/** A well-formed version 4 uuid that depends on the numbers only. */
export function stableUuid(a: number, b = 0, c = 0): string {
  const seeds = [mix(a, b, c, 1), mix(a, b, c, 2)] as const;
  const [second, third] = [hex(stir(seeds[0], 3)), hex((stir(seeds[1], 4) & 0x3fffffff) | 0x80000000)];
  const start = `${hex(seeds[0])}-${second.slice(0, 4)}-4${second.slice(5)}`;
  return `${start}-${third.slice(0, 4)}-${third.slice(4)}${hex(seeds[1])}`;
}
