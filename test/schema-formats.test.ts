import { fullFormats } from 'ajv-formats/dist/formats.js';
import { expect, it } from 'vitest';
import { isDateTime } from '../src/schema-validation.js';

const { 'date-time': referee } = fullFormats;
const judge = (value: string) =>
  typeof referee === 'object' && 'validate' in referee && typeof referee.validate === 'function'
    ? referee.validate(value as never)
    : undefined;

it.each([
  ...[
    '2026-04-09T08:30:00Z',
    '2026-04-09T08:30:00.123456Z',
    '2026-04-09T08:30:00+02:00',
    '2024-02-29T00:00:00-11:30',
  ],
  ...[
    '2026-04-09T08:30:00+0200',
    '2026-04-09 08:30:00Z',
    '2026-04-09t08:30:00z',
    '2026-04-09T08:30:00-00:00',
  ],
  ...[
    '2026-04-09T08:30Z',
    '2026-04-09T08:30:00',
    '2026-02-30T08:30:00Z',
    '2026-04-09T24:00:00Z',
    '2026-04-09',
    '',
  ],
])('a date-time is what the formats of Ajv take for one: %s', (value) => {
  expect(isDateTime(value)).toBe(judge(value));
});
