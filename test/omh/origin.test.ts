import { describe, expect, test } from 'vitest';
import { datasheetOf, originOf } from '../../src/omh/origin.js';

const reference = (source: unknown) => datasheetOf({ source }, 'ow_normalized');

describe('the datasheet of a sample is the first that is told', () => {
  test.each([
    ['device', { device: 'Ring 3', device_model: 'R3', provider: 'oura', source_name: 'App' }, 'Ring 3'],
    ['device model', { device: null, device_model: 'R3', provider: 'oura', source_name: 'App' }, 'R3'],
    ['provider', { device: '', provider: 'unknown', source_name: 'App' }, 'unknown'],
    ['source name', { source_name: 'App' }, 'App'],
    ['blanks', { device: '  ', provider: 'oura' }, '  '],
    ['provider, where the device is no text', { device: 5, provider: 'oura' }, 'oura'],
    ['nothing of a sample without a source', null, null],
    ['nothing of a source that is a list', [{ device: 'Ring 3' }], null],
    [
      'nothing of a source with other words only',
      { source: 'oura', device_name: 'x', device_type: 'ring' },
      null,
    ],
  ])('%s', (_, source, expected) => {
    expect(reference(source)).toBe(expected);
  });

  test('an Oura item whose source is a label is an Oura Ring', () => {
    expect(datasheetOf({ source: 'awake' }, 'oura_raw')).toBe('Oura Ring');
    expect(datasheetOf({ source: { device: 'Ring 4' } }, 'oura_raw')).toBe('Ring 4');
  });
});

test('an origin names provider, source, device and series', () => {
  const source = { provider: 'apple', source: 'com.example.app', device: 'iPhone 15' };
  expect(originOf({ source }, 'ow_normalized', 'heart_rate')).toEqual({
    provider: 'apple',
    source: 'com.example.app',
    device: 'iPhone 15',
    series: 'heart_rate',
  });
});

test('an origin that is not told has no words of its own', () => {
  const nobody = { provider: '', source: null, device: null, series: 'weight' };
  expect(originOf({}, 'ow_normalized', 'weight')).toEqual(nobody);
  expect(originOf({}, 'oura_raw', 'sleep')).toEqual({ ...nobody, provider: 'oura', series: 'sleep' });
});
