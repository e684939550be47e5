import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { renderDataPoint } from '../../src/omh/data-point.js';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import { readVectors, withPlaceholders } from '../../dev/golden-vectors.js';
import { subject } from '../omh/world.js';
import { converted, convertProcess, linesOf } from './converted.js';

const heartRate = ['heart_rate', '--source', 'ow_normalized'];
const sample = { timestamp: '2026-08-07T08:05:00Z', type: 'heart_rate', value: 61 };
const half = (kind: 'systolic' | 'diastolic', minute: number) => ({
  ...sample,
  timestamp: `2026-08-07T08:0${minute}:00Z`,
  type: `blood_pressure_${kind}`,
});

/** What a line says: the reason of its rejection, or the time of its data point. */
function told(line: string): unknown {
  const answer = JSON.parse(line) as Record<'rejected' | 'body', Record<string, unknown> | undefined>;
  return answer.rejected?.['reason'] ?? answer.body?.['effective_time_frame'];
}

const at = (time: string) => ({ date_time: time });

describe('the lines of standard input', () => {
  test('are answered one by one and in order, whatever JSON value they hold', async () => {
    const values = [
      '7',
      '"text"',
      'null',
      'true',
      '[]',
      '{}',
      JSON.stringify(sample),
      'NaN',
      '{"value":',
      '[1',
    ];
    const { code, lines, errors } = await converted(`${values.join('\n')}\n`, ...heartRate);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const notObject = Array.from({ length: 5 }, () => 'not-an-object');
    const unreadable = Array.from({ length: 3 }, () => 'not-an-object');
    expect(lines.map(told)).toEqual([
      ...notObject,
      'missing-field',
      at('2026-08-07T08:05:00Z'),
      ...unreadable,
    ]);
  });

  test('are nothing when they are blank, and may end as they do on Windows, or not at all', async () => {
    const line = JSON.stringify(sample);
    const { lines } = await converted(`\n${line}\r\n   \n\t\n${line}\n\r\n${line}`, ...heartRate);
    expect(lines.map(told)).toEqual(Array.from({ length: 3 }, () => at('2026-08-07T08:05:00Z')));
  });

  test('end only at a line feed: a line separator within a text is part of it', async () => {
    const device = { provider: 'oura', device: 'ring\u2028of\u2029a patient' };
    const { lines } = await converted(linesOf([{ ...sample, source: device }]), ...heartRate);
    expect(lines.map(told)).toEqual([at('2026-08-07T08:05:00Z')]);
    expect(lines[0]).toContain(device.device);
  });

  test('are read whole, however they are cut on their way', async () => {
    const device = 'größter Ring 💍';
    const samples = Array.from({ length: 3000 }, (_, value) => ({ ...sample, value, source: { device } }));
    const { lines } = await converted(linesOf(samples), ...heartRate);
    expect(lines).toHaveLength(samples.length);
    expect(lines.filter((line) => !line.includes(device))).toEqual([]);
    expect(lines.at(-1)).toContain('"value":2999');
  });

  test('may be none', async () => {
    expect(await converted('', ...heartRate)).toEqual({ code: 0, lines: [], errors: '' });
  });
});

test('a number beyond all numbers is rejected, not written as null', async () => {
  const { lines } = await converted('{"timestamp":"2026-08-07T08:05:00Z","value":1e400}\n', ...heartRate);
  expect(lines.map(told)).toEqual(['bad-number']);
});

test('a data type that nobody converts rejects every line', async () => {
  const { code, lines } = await converted(linesOf([sample, 7]), 'mood', '--source', 'oura_raw');
  expect({ code, reasons: lines.map(told) }).toEqual({ code: 0, reasons: ['no-converter', 'no-converter'] });
});

test('a subject gives the identifiers that the service stores', async () => {
  const stored = convertSample('heart_rate', 'ow_normalized', sample, { subject, timeZone: null });
  if (isRejected(stored)) throw new Error('the sample was rejected');
  const { lines } = await converted(linesOf([sample]), ...heartRate, '--subject', subject);
  expect(lines).toEqual([JSON.stringify(renderDataPoint(stored))]);
});

test('halves of a blood pressure meet over all lines; what was rejected follows in its order', async () => {
  const early = linesOf([half('systolic', 2), half('diastolic', 1)]);
  const late = linesOf([
    { ...half('systolic', 3), value: 'high' },
    7,
    half('systolic', 1),
    half('diastolic', 2),
  ]);
  const input = `${early}not JSON\n${late}also not\n${linesOf([half('systolic', 9)])}`;
  const { lines } = await converted(input, 'blood_pressure', '--source', 'ow_normalized');
  expect(lines.map(told)).toEqual([
    at('2026-08-07T08:01:00Z'),
    at('2026-08-07T08:02:00Z'),
    'not-an-object',
    'bad-number',
    'not-an-object',
    'not-an-object',
  ]);
  const details = lines.slice(2).map((line) => line.replace(/.*"detail":"(\w+)".*/, '$1'));
  expect(details).toEqual(['line', 'value', 'sample', 'line']);
});

test('every rate of a night is a data point', async () => {
  const rates = readVectors('beyond.oura_raw.json').cases.filter(({ name }) => name.includes('items['));
  const { lines } = await converted(
    linesOf([rates[0]?.input, 7]),
    'sleep_heart_rate',
    '--source',
    'oura_raw',
  );
  expect(lines.map(told).at(-1)).toBe('not-an-object');
  const points = lines.slice(0, -1).map((line) => withPlaceholders(JSON.parse(line) as never));
  expect(points).toEqual(rates.map(({ expected }) => expected));
});

test('a reader that has seen enough ends the command without a complaint', async () => {
  const child = convertProcess(...heartRate);
  const closed = once(child, 'close');
  const errors = text(child.stderr);
  child.stdin.write(linesOf([sample]));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stdin.end(linesOf(Array.from({ length: 100 }, () => sample)));
  expect({ closed: await closed, errors: await errors }).toEqual({ closed: [0, null], errors: '' });
});

describe('words that cannot be meant', () => {
  test.each([
    ['no source', ['heart_rate'], "required option '--source <name>' not specified"],
    [
      'a source nobody has',
      ['heart_rate', '--source', 'garmin'],
      'Allowed choices are ow_normalized, oura_raw',
    ],
    [
      'no name of a data type',
      ['Heart Rate', '--source', 'oura_raw'],
      'a data type is named like heart_rate',
    ],
  ])('are refused: %s', async (_, words, problem) => {
    const { code, lines, errors } = await converted(linesOf([sample]), ...words);
    expect({ code, lines }).toEqual({ code: 2, lines: [] });
    expect(errors).toContain(problem);
  });
});
