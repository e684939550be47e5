import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../src/activities/page-coverage.js';
import { convertSamples } from '../../src/activities/page.js';
import { sortOut } from '../../src/activities/store.js';
import { wantedFor } from '../../src/activities/wanted.js';
import { createSecretBox } from '../../src/secret-box.js';
import { shownSample } from '../helpers/samples.js';

const WINDOW = { from: '2026-04-09T00:00:00.000Z', to: '2026-04-10T00:00:00.000001Z' };
const SERIES = ['heart_rate', 'resting_heart_rate'];
const at = (time: string, changes = {}) => shownSample({ timestamp: `2026-04-09T${time}`, ...changes });

describe('what a page proves', () => {
  it('is, while more is to come, each series up to its own newest sample', () => {
    const page = [at('01:00:00Z'), at('03:00:00Z'), at('02:00:00Z', { type: 'resting_heart_rate' })];
    expect(coverageOf(page, SERIES, WINDOW, false)).toEqual([
      {
        series: 'heart_rate',
        from: WINDOW.from,
        to: '2026-04-09T03:00:00.000000Z',
        last: '2026-04-09T03:00:00.000000Z',
      },
      {
        ...{ series: 'resting_heart_rate', from: WINDOW.from },
        ...{ to: '2026-04-09T02:00:00.000000Z', last: '2026-04-09T02:00:00.000000Z' },
      },
    ]);
  });

  it('is nothing of a series it does not show, while more is to come', () => {
    expect(coverageOf([], SERIES, WINDOW, false)).toEqual([]);
  });

  it('is the whole window of every series when it is the last', () => {
    const spans = coverageOf([at('01:00:00Z')], SERIES, WINDOW, true);
    expect(spans.map(({ from, to }) => ({ from, to }))).toEqual([WINDOW, WINDOW]);
    expect(spans.map(({ last }) => last)).toEqual(['2026-04-09T01:00:00.000000Z', null]);
  });

  it('compares instants, whatever the zone and precision they are told in', () => {
    const page = [at('05:00:00+02:00'), at('03:00:00.000001Z'), at('01:30:00-01:30')];
    expect(coverageOf(page, SERIES, WINDOW, true)[0]?.last).toBe('2026-04-09T03:00:00.000001Z');
  });

  it.each(['08:30:00', '08:30:00Z (Berlin)', 'half past eight'])(
    'is nothing of a time told as %s',
    (time) => {
      expect(coverageOf([at(time)], SERIES, WINDOW, false)).toEqual([]);
    },
  );

  it.each(['2026-04-08T23:59:59Z', '2026-04-11T00:00:00Z', '9999-12-31T23:59:59-23:59'])(
    'is nothing of %s, which nobody asked for',
    (timestamp) => {
      expect(coverageOf([shownSample({ timestamp })], SERIES, WINDOW, false)).toEqual([]);
    },
  );
});

describe('the samples of a page', () => {
  const patient = { id: 1, reference: 'p', timeZone: 'UTC' };
  const convert = (samples: readonly unknown[]) =>
    sortOut(
      convertSamples(samples, patient, wantedFor(['heart_rate']).dataTypes).attempts,
      patient.id,
      createSecretBox('k'.repeat(32)),
    );

  it('are converted one by one, doubled ones to one, the last value winning', () => {
    const { measurements, refusals } = convert([
      at('01:00:00Z'),
      at('01:00:00Z', { value: 70 }),
      at('02:00:00Z'),
    ]);
    expect(measurements.map(({ value }) => value)).toEqual([70, 60]);
    expect(refusals).toEqual([]);
  });

  it('have the same identifiers whenever they are read', () => {
    const identifiers = () => convert([at('01:00:00Z')]).measurements.map(({ identifier }) => identifier);
    expect(identifiers()).toEqual(identifiers());
  });

  it('that cannot be converted are recognised when they come again, and named without their value', () => {
    const [first] = convert([at('01:00:00Z', { value: 'planted' })]).refusals;
    const [again] = convert([at('01:00:00Z', { value: 'planted' })]).refusals;
    expect(again?.fingerprint).toEqual(first?.fingerprint);
    expect(first).toMatchObject({
      series: 'heart_rate',
      dataType: 'heart_rate',
      reason: 'bad-number',
      detail: 'value',
    });
    expect(first?.original.includes('planted')).toBe(false);
  });
});

describe('a sample that names no series', () => {
  it.each([undefined, null, 7, 'unheard_of'])('is refused, whatever its value may look like: %s', (type) => {
    const patient = { id: 1, reference: 'p', timeZone: 'UTC' };
    const { attempts } = convertSamples(
      [at('01:00:00Z', { type })],
      patient,
      wantedFor(['heart_rate']).dataTypes,
    );
    expect(attempts).toMatchObject([{ outcome: { reason: 'unknown-series', detail: 'type' } }]);
  });
});

describe('the halves of a blood pressure', () => {
  const patient = { id: 1, reference: 'p', timeZone: 'UTC' };
  const { dataTypes } = wantedFor(['blood_pressure']);
  const half = (type: 'systolic' | 'diastolic', time: string, value = 120) =>
    at(time, { type: `blood_pressure_${type}`, value });

  it('are one measurement when they are of one instant, also when a page ends between them', () => {
    const first = convertSamples([half('systolic', '01:00:00Z')], patient, dataTypes);
    expect(first).toMatchObject({ attempts: [], held: [{ value: 120 }] });
    const second = convertSamples([half('diastolic', '01:00:00Z', 80)], patient, dataTypes, first.held);
    expect(second.held).toEqual([]);
    expect(second.attempts).toMatchObject([{ dataType: 'blood_pressure', rows: 2 }]);
  });

  it('are held, each by itself, when their instants differ', () => {
    const page = [half('systolic', '01:00:00Z'), half('diastolic', '01:00:01Z')];
    expect(convertSamples(page, patient, dataTypes)).toMatchObject({ attempts: [], held: page });
  });
});
