import { expect, it } from 'vitest';
import { createOutput, list } from '../../src/cli/output.js';
import { minuteOf } from '../../src/minute-of.js';

function written(json: boolean, rows: readonly (readonly string[])[]): string {
  let text = '';
  const write = (more: string) => (text += more);
  list(createOutput(json, write), ['id', 'name'], rows, 'Nobody.');
  return text;
}

it('rows stand under their headings; a list that is empty says so in words', () => {
  expect(written(false, [['40001', 'a']])).toBe('id     name\n40001  a\n');
  expect(written(false, [])).toBe('Nobody.\n');
});

it('with --json neither is written', () => {
  expect(written(true, [['40001', 'a']]) + written(true, [])).toBe('');
});

it('people are told times to the minute', () => {
  expect(minuteOf(new Date('2026-11-21T10:07:59.999Z'))).toBe('2026-11-21 10:07 UTC');
});
