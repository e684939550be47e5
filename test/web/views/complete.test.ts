import { expect, it } from 'vitest';
import { CompletePage } from '../../../src/web/views/patient/complete.js';
import type { FirstData } from '../../../src/web/views/patient/first-data.js';
import { named, read, textOf } from './html.js';
import { frame, log, rhythm, someDays, utc } from './samples.js';

const base = { frame, device: 'Oura', studies: [rhythm], log };
const reading: FirstData = {
  readings: 10944,
  byDay: someDays,
  state: 'reading',
  readBack: { days: 90, daysDone: 38, percent: 42, at: utc('14T00:00:00'), minutesLeft: 3 },
  now: utc('21T09:44:40'),
};
const connected = (data: Partial<FirstData>) =>
  CompletePage({
    ...base,
    outcome: { is: 'connected', confirmedAt: utc('21T09:44:23'), data: { ...reading, ...data } },
  });
const waiting = () => CompletePage({ ...base, outcome: { is: 'waiting' } });

async function looksAgainAfter(page: ReturnType<typeof waiting>): Promise<string | undefined> {
  const [body] = named((await read(page)).tags, 'body');
  return body?.attributes.get('data-again');
}

it('says connected only once that is confirmed, and when it was', async () => {
  const before = await textOf(waiting());
  expect(before).toContain('Oura has not confirmed the connection yet');
  expect(before).not.toContain('Connected');
  const after = await textOf(connected({}));
  expect(after).toContain('Successfully Connected Oura confirmed it at 09:44.');
});

it('looks again by itself while there is something to wait for, and only then', async () => {
  expect(await looksAgainAfter(waiting())).toBe('2');
  expect(await looksAgainAfter(connected({}))).toBe('5');
  expect(await looksAgainAfter(connected({ state: 'read' }))).toBeUndefined();
  expect(await looksAgainAfter(connected({ state: 'resting' }))).toBeUndefined();
});

it('data that is not there yet is not called missing', async () => {
  const text = await textOf(
    connected({ readings: 0, byDay: [], readBack: { days: 90, daysDone: 0, percent: 0 } }),
  );
  expect(text).toContain('Your data is on its way Reading 0 readings from Oura so far');
  expect(text).toContain('Connected. The first data usually arrives within 10 minutes.');
});

it('shows how many readings there are and how far back they reach', async () => {
  const text = await textOf(connected({}));
  expect(text).toContain('10,944 readings from Oura so far');
  expect(text).toContain('Reading back 90 days 38 days, 42 %');
  expect(text).toContain('From today backwards, now at 14 Nov. About 3 minutes left.');
  const [progress] = named((await read(connected({}))).tags, 'progress');
  expect(progress?.attributes.get('value')).toBe('42');
});

it('the reading back is done when the last day has been read', async () => {
  const text = await textOf(connected({ state: 'read' }));
  expect(text).toContain('Your data has arrived Read 10,944 readings');
  expect(text).toContain('All these days have been read.');
});

it('what is done without a find is not said to arrive, but what happens next', async () => {
  const text = await textOf(connected({ state: 'read', readings: 0, byDay: [] }));
  expect(text).toContain('No data yet Nothing yet 0 readings');
  expect(text).toContain('Oura has nothing yet of what you share. That is normal for a new device');
  expect(text).not.toMatch(/arriving|on its way/);
});

it('what rests is not said to arrive either', async () => {
  const text = await textOf(connected({ state: 'resting' }));
  expect(text).toContain('Some data has arrived Resting');
  expect(text).toContain('Reading back rests at the moment. Nothing is lost');
});

it('the chart says its range, span and gaps in words, and its figures are a table', async () => {
  const text = await textOf(connected({}));
  expect(text).toContain('Heart rate, last 90 days, as far as they have been read');
  expect(text).toContain(
    'The daily average lies between 61 and 72 beats per minute. Earlier days are still being read. 34 days have no data.',
  );
  expect(text).toContain('21 November 2026 288 61 48 131');
});

it('days that do not follow each other are not joined by a line', async () => {
  const { tags } = await read(connected({}));
  const lines = named(tags, 'path').filter(({ attributes }) => attributes.get('class') === 'c-heart c-trace');
  expect(lines).toHaveLength(2);
});

it('without heart rate the chart counts readings', async () => {
  const byDay = someDays.map((day) => ({ ...day, heartRate: null }));
  const text = await textOf(connected({ byDay }));
  expect(text).toContain('Readings how many of each day');
  expect(text).toContain('A day has up to 288 readings.');
});
