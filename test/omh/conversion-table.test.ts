import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderConversionTable } from '../../src/omh/conversion-table.js';
import { dataTypes } from '../../src/omh/registry.js';

test('the conversion page is current', () => {
  const page = readFileSync(new URL('../../docs/conversions.md', import.meta.url), 'utf8');
  expect(page).toBe(renderConversionTable());
});

test('the conversion page shows every data type once', () => {
  const rows = renderConversionTable().split('\n');
  for (const { name, schemaId } of dataTypes) {
    const [row = '', ...more] = rows.filter((line) => line.startsWith(`| \`${name}\` |`));
    expect(more).toEqual([]);
    expect(row).toContain(schemaId);
  }
});
