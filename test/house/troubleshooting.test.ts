import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root, textOf } from './documents.js';

const page = textOf('docs/troubleshooting.md');
const sources = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => textOf(`src/${name}`))
  .join('\n');

/** What ours says: messages, conditions and kinds of failures in these columns. */
const said = page.split('\n').flatMap((row) => {
  const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
  return cells.slice(1, 3).flatMap((cell) => [...cell.matchAll(/`([^`]+)`|"([^"]+)"/g)]);
});
const messages = said.map(([, code, words]) => code ?? words ?? '');

/** The longest part of a message that is no place for a value: what the sources have literally. */
function fixedPart(message: string): string {
  const parts = message.replace(/^ow_poll aborted: /, '').split(/<iso>|'omh:heart-rate:2.0'|\d+(?! Invalid)/);
  return parts.map((part) => part.trim()).sort((one, other) => other.length - one.length)[0] ?? '';
}

describe('what docs/troubleshooting.md quotes', () => {
  it('is a lot', () => {
    expect(messages.length).toBeGreaterThan(20);
  });

  it.each([...new Set(messages)])('%s: the program says it', (message) => {
    expect(sources.includes(fixedPart(message)), fixedPart(message)).toBe(true);
  });
});
