import { Refused } from './refused.js';

/** A token of FHIR search: `code`, `system|code`, or `|code`, which is a code of no system. */
export interface Token {
  /** Null when any system will do. */
  readonly system: string | null;
  readonly code: string;
}

/** The tokens of a comma list; a backslash keeps a comma. */
export function tokensOf(text: string): Token[] {
  return listOf(text).map((token) => {
    const bar = token.lastIndexOf('|');
    return bar === -1
      ? { system: null, code: token }
      : { system: token.slice(0, bar), code: token.slice(bar + 1) };
  });
}

/** The parts of a comma list, without empty ones. */
export function listOf(text: string): string[] {
  return text
    .split(/(?<!\\),/)
    .map((part) => part.replaceAll('\\,', ',').trim())
    .filter((part) => part !== '');
}

const LARGEST_ID = 2 ** 31 - 1;

/** A row id out of `40002` or `Patient/40002`. An id that no row can have is one that no row has. */
export function idOf(name: string, text: string, type?: string): number {
  const digits = type !== undefined && text.startsWith(`${type}/`) ? text.slice(type.length + 1) : text;
  if (!/^\d+$/.test(digits)) throw new Refused(422, `${name}: not an id.`);
  return Math.min(Number(digits), LARGEST_ID);
}
