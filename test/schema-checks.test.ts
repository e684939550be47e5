import { describe, expect, test, vi } from 'vitest';
import { convertSample, isRejected } from '../src/omh/convert.js';
import type { Measurement } from '../src/omh/measurement.js';
import { createSchemaChecks } from '../src/schema-checks.js';
import { loadSchemaValidation } from '../src/schema-validation.js';
import { subject } from './omh/world.js';

const START = Date.parse('2026-08-07T00:00:00Z');

function measured(minute: number): Measurement {
  const timestamp = new Date(START + minute * 60_000).toISOString();
  const sample = { timestamp, type: 'heart_rate', value: 61 };
  const outcome = convertSample('heart_rate', 'ow_normalized', sample, { subject, timeZone: null });
  if (isRejected(outcome)) throw new Error('the sample was rejected');
  return outcome;
}

const many = Array.from({ length: 20_000 }, (_, minute) => measured(minute));

/** A row that no converter makes and its schema forbids. */
const broken = (measurement: Measurement): Measurement => ({ ...measurement, value: null });

const judgedOf = (checks: ReturnType<typeof createSchemaChecks>, rows: readonly Measurement[]) =>
  rows.filter((row) => checks.problemsOf(broken(row), 'sample').length > 0).map((row) => row.identifier);

describe('checking all', () => {
  const checks = createSchemaChecks();

  test('finds nothing in what was converted', () => {
    expect(many.slice(0, 500).flatMap((row) => checks.problemsOf(row, 'all'))).toEqual([]);
  });

  test('tells where a data point breaks its schema, never its value', () => {
    expect(many.slice(0, 500).flatMap((row) => checks.problemsOf(broken(row), 'all'))).toHaveLength(500);
    expect(checks.problemsOf(broken(measured(0)), 'all')).toEqual(['body: required']);
  });
});

describe('checking a sample', () => {
  test('judges about one row of a hundred', () => {
    const judged = judgedOf(createSchemaChecks(), many);
    expect(judged.length).toBeGreaterThan(many.length * 0.007);
    expect(judged.length).toBeLessThan(many.length * 0.013);
  });

  test('judges the same rows again, in every process and in any order', () => {
    const first = judgedOf(createSchemaChecks(), many);
    expect(judgedOf(createSchemaChecks(), many.toReversed()).toReversed()).toEqual(first);
  });

  test('passes a sound row that it judges', () => {
    const checks = createSchemaChecks();
    expect(many.flatMap((row) => checks.problemsOf(row, 'sample'))).toEqual([]);
  });
});

describe('the schemas', () => {
  test('are not read while nothing is checked', () => {
    const load = vi.fn(loadSchemaValidation);
    const checks = createSchemaChecks(load);
    expect(many.flatMap((row) => checks.problemsOf(broken(row), 'off'))).toEqual([]);
    expect(load).not.toHaveBeenCalled();
  });

  test('are not read for a row that the sample leaves out', () => {
    const load = vi.fn(loadSchemaValidation);
    const judged = new Set(judgedOf(createSchemaChecks(), many));
    const checks = createSchemaChecks(load);
    for (const row of many) if (!judged.has(row.identifier)) checks.problemsOf(row, 'sample');
    expect(load).not.toHaveBeenCalled();
  });

  test('are read once', () => {
    const load = vi.fn(loadSchemaValidation);
    const checks = createSchemaChecks(load);
    many.slice(0, 10).forEach((row) => checks.problemsOf(row, 'all'));
    expect(load).toHaveBeenCalledTimes(1);
  });
});
