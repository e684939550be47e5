import type { Context } from 'hono';
import { parseTime } from './instant.js';
import type { SentTime } from './instant.js';
import { Refusal } from './refusal.js';

/** Request parameters, checked with the upstream's own error texts: every validation error is a 400. */

function lengthProblem(text: string): string | undefined {
  const groups = text.split('-');
  if (groups.length === 1) {
    if (text.length === 32) return undefined;
    return `invalid length: expected length 32 for simple format, found ${text.length}`;
  }
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`;
  const expected = [8, 4, 4, 4, 12];
  const index = groups.findIndex((group, place) => group.length !== expected[place]);
  if (index < 0) return undefined;
  const [want, found] = [expected[index] ?? 0, groups[index]?.length ?? 0];
  return `invalid group length in group ${index}: expected ${want}, found ${found}`;
}

function uuidProblem(text: string): string | undefined {
  const [strange] = text.match(/[^0-9a-fA-F-]/u) ?? [];
  if (strange !== undefined) {
    return `invalid character: found \`${strange}\` at ${text.indexOf(strange) + 1}`;
  }
  return lengthProblem(text);
}

/** A uuid in lower case with hyphens. */
export function uuid(text: string): string {
  const problem = uuidProblem(text);
  if (problem) throw new Refusal(400, `Input should be a valid UUID, ${problem} - ${problem}`);
  const digits = text.toLowerCase().replaceAll('-', '');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The `user_id` of the path. */
export function userIdOf(context: Context): string {
  return uuid(context.req.param('user_id') ?? '');
}

export function required(context: Context, name: string): string {
  const text = context.req.query(name);
  if (text === undefined) throw new Refusal(400, 'Field required');
  return text;
}

export function integer(context: Context, name: string, fallback: number, low: number, high: number): number {
  const text = context.req.query(name);
  if (text === undefined) return fallback;
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw new Refusal(400, 'Input should be a valid integer, unable to parse string as an integer');
  }
  const number = Number(text);
  if (number < low) throw new Refusal(400, `Input should be greater than or equal to ${low}`);
  if (number > high) throw new Refusal(400, `Input should be less than or equal to ${high}`);
  return number;
}

export function flag(context: Context, name: string, fallback: boolean): boolean {
  const text = context.req.query(name)?.toLowerCase();
  if (text === undefined) return fallback;
  if (['true', '1', 'on', 'yes', 'y', 't'].includes(text)) return true;
  if (['false', '0', 'off', 'no', 'n', 'f'].includes(text)) return false;
  throw new Refusal(400, 'Input should be a valid boolean, unable to interpret input');
}

/** `'a', 'b' or 'c'`, as the upstream lists the values of an enum. */
function listed(allowed: readonly string[]): string {
  const quoted = allowed.map((value) => `'${value}'`);
  return [quoted.slice(0, -1).join(', '), quoted.at(-1) ?? ''].filter((part) => part !== '').join(' or ');
}

export function oneOf(text: string, allowed: readonly string[]): string {
  if (allowed.includes(text)) return text;
  throw new Refusal(400, `Input should be ${listed(allowed)}`);
}

/** A start or end as the client sent it. */
export function timeParameter(text: string): SentTime {
  const sent = parseTime(text);
  if (sent) return sent;
  throw new Refusal(400, `Invalid datetime format: '${text}'. Expected ISO 8601 format or Unix timestamp.`);
}
