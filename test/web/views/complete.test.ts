import { expect, it } from 'vitest';
import { CompletePage } from '../../../src/web/views/patient/complete.js';
import type { FirstData } from '../../../src/web/views/patient/first-data.js';
import { named, read, textOf } from './html.js';
import { frame, log, utc } from './samples.js';

const base = { frame, device: 'Oura', log };
const connected = (data: FirstData) =>
  CompletePage({ ...base, outcome: { is: 'connected', confirmedAt: utc('21T09:44:23'), data } });

it('says connected only once that is confirmed, and when it was', async () => {
  const before = await textOf(CompletePage({ ...base, outcome: { is: 'waiting' } }));
  expect(before).toContain('Oura has not confirmed the connection yet');
  expect(before).not.toContain('Connected');
  const after = await textOf(connected({ readings: 0 }));
  expect(after).toContain('Successfully Connected Oura confirmed it at 09:44.');
});

it('while it waits it looks again by itself, where it is told to', async () => {
  const { html } = await read(CompletePage({ ...base, outcome: { is: 'waiting' }, refreshSeconds: 3 }));
  expect(html).toContain('<meta http-equiv="refresh" content="3"/>');
  expect((await read(connected({ readings: 0 }))).html).not.toContain('http-equiv="refresh"');
});

it('data that is not there yet is not called missing', async () => {
  const text = await textOf(connected({ readings: 0 }));
  expect(text).toContain('Connected. The first data usually arrives within 10 minutes.');
});

it('shows how many readings there are and how far back they reach', async () => {
  const page = connected({ readings: 10944, readBack: { daysDone: 38, days: 90 } });
  expect(await textOf(page)).toContain('10,944 readings from Oura so far');
  expect(await textOf(page)).toContain('Reading back 90 days 38 days, 42 %');
  const [progress] = named((await read(page)).tags, 'progress');
  expect(progress?.attributes.get('value')).toBe('42');
});

it('the reading back is done when the last day has been read', async () => {
  const text = await textOf(connected({ readings: 5, readBack: { daysDone: 90, days: 90 } }));
  expect(text).toContain('Your data has arrived Read 5 readings');
});
