import assert from 'node:assert/strict';
import { convertSample, isRejected } from '../src/omh/convert.js';
import { renderDataPoint } from '../src/omh/data-point.js';
import type { SampleSource } from '../src/omh/measurement.js';
import { loadSchemaValidation } from '../src/schema-validation.js';
import { matchesReason, readVectorFiles, withPlaceholders, type VectorCase } from './golden-vectors.js';

const PATIENT = '7c1f0a52-3f0e-4a57-9d43-0d6f1f6b2c11';

/**
 * Converts the sample of every golden vector: exactly its data point, which meets its official schema, or its rejection.
 * Answers what was seen; throws with the first vector that is not kept.
 */
export function checkConversion(): string {
  const { problemsOf } = loadSchemaValidation();
  const counts = { points: 0, rejections: 0 };
  for (const { type, source, cases } of readVectorFiles()) {
    for (const vector of cases) {
      const name = `${type} from ${source}: ${vector.name}`;
      const point = convert(type, source, vector, name);
      if (point === undefined) counts.rejections += 1;
      else {
        assert.deepEqual(problemsOf(point), [], name);
        counts.points += 1;
      }
    }
  }
  assert.ok(counts.points > 0 && counts.rejections > 0, 'the golden vectors are there');
  return (
    `${counts.points} samples became exactly the expected data points, valid by their official schemas; ` +
    `${counts.rejections} were refused with their reason`
  );
}

/** The data point; undefined for a sample that is to be rejected, and was. */
function convert(
  type: string,
  source: SampleSource,
  { input, options, expected, error }: VectorCase,
  name: string,
) {
  const outcome = convertSample(type, source, input, { subject: PATIENT, timeZone: options.tz ?? null });
  if (isRejected(outcome)) {
    assert.ok(outcome.class === error?.class && matchesReason(error.reason, outcome), name);
    return undefined;
  }
  const point = renderDataPoint(outcome);
  assert.equal(JSON.stringify(withPlaceholders(point)), JSON.stringify(expected), name);
  return point;
}
