import { expect, it } from 'vitest';
import { createOutput, list } from '../../src/cli/output.js';
import { tellChecks } from '../../src/cli/status.js';
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

it('checks end with how many need a look', () => {
  let text = '';
  const output = createOutput(false, (more) => (text += more));
  const fine = { ok: true, part: 'Temporal', says: 'answers', means: null, next: null };
  const wrong = { ok: false, part: 'clock', says: 'is 9 s off', means: null, next: 'Set it.' };
  tellChecks(output, [fine]);
  expect(text).toBe('ok    Temporal  answers\n\nAll is well.\n');
  text = '';
  tellChecks(output, [fine, wrong]);
  expect(text).toMatch(/\n\nclock:\n {2}Set it\.\n\n1 needs a look\.\n$/);
  text = '';
  tellChecks(output, [wrong, wrong]);
  expect(text).toMatch(/\n2 need a look\.\n$/);
});
