import { expect, it } from 'vitest';
import { outcomeTexts } from '../../src/cli/dead-letter-texts.js';
import { rejectionReasons } from '../../src/omh/measurement.js';
import { rejectionMeanings } from '../../src/omh/rejection-meanings.js';
import { textOf } from './documents.js';

const operations = textOf('docs/operations.md').split('\n');

it.each(rejectionReasons)('docs/operations.md says what %s means and what to do', (reason) => {
  const row = operations.find((line) => line.startsWith(`| \`${reason}\` | ${rejectionMeanings[reason]} |`));
  expect(row?.split('|').at(-2)?.trim()).toMatch(/\w+/);
});

it.each(Object.values(outcomeTexts))('docs/operations.md explains "%s"', (text) => {
  expect(operations.find((line) => line.startsWith(`| ${text} |`))).toBeDefined();
});
