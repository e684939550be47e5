import { defaultPayloadConverter } from '@temporalio/common';
import { expect, it } from 'vitest';
import { findIn, textsOf } from './texts.js';

const planted = { 'heart rate': '137.777', 'e-mail': 'rosalind@planted.example' };
const found = (value: unknown) => findIn(textsOf(value), planted).length;

it.each(
  Object.entries({
    'a text': { note: 'value 137.777' },
    'a number': { deep: [{ value: 137.777 }] },
    'the name of a field': { 'rosalind@planted.example': true },
    'other letters': 'ROSALIND@planted.example',
    'a payload': { input: { payloads: [defaultPayloadConverter.toPayload({ value: 137.777 })] } },
    'base64 inside a payload': defaultPayloadConverter.toPayload(
      Buffer.from('{"heart":137.777,"x":1}').toString('base64'),
    ),
    'a map': new Map([['memo', 'rosalind@planted.example']]),
  }),
)('a planted value is found in %s', (_, value) => {
  expect(found(value)).toBe(1);
});

it('nothing is found where nothing is', () => {
  expect(found({ counts: [137, 777], at: '2026-01-01T00:00:00Z' })).toBe(0);
});
