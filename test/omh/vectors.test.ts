import { describe, expect, test } from 'vitest';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import { renderDataPoint, type DataPoint } from '../../src/omh/data-point.js';
import { matchesReason, readVectorFiles, withPlaceholders } from '../../dev/golden-vectors.js';
import { deepFreeze, subject } from './world.js';

describe.each(readVectorFiles())('$type from $source', ({ type, source, cases }) => {
  test.each(cases)('$name', ({ input, options, expected, error }) => {
    const sample = deepFreeze(input);
    const outcome = convertSample(type, source, sample, { subject, timeZone: options.tz ?? null });
    if (isRejected(outcome)) {
      expect(outcome.class).toBe(error?.class);
      expect(matchesReason(error?.reason ?? '', outcome), JSON.stringify(outcome)).toBe(true);
    } else {
      const point: DataPoint = renderDataPoint(outcome);
      expect(JSON.stringify(withPlaceholders(point))).toBe(JSON.stringify(expected));
    }
  });
});
