import { expect, it } from 'vitest';
import { LaunchPage } from '../../../src/web/views/patient/launch.js';
import { read, textOf } from './html.js';
import { csrf, guest, utc } from './samples.js';

const study = {
  name: 'Recovery Rhythm Study',
  runBy: 'Lifespan Lab',
  scopes: [
    { code: 'omh:heart-rate:2.0', name: 'Heart Rate' },
    { code: 'ieee:sleep-episode:1.0', name: 'Sleep Episode' },
    { code: 'omh:step-count:3.0', name: 'Step Count' },
  ],
};
const invitation = {
  frame: guest,
  csrf,
  link: 'name-of-the-link',
  inviter: 'Dr. Megan Ortiz',
  expiresAt: utc('28T12:00:00'),
};

it('says who invites, to which study, for which data and until when', async () => {
  const text = await textOf(LaunchPage({ ...invitation, studies: [study] }));
  expect(text).toContain('Dr. Megan Ortiz invites you to the Recovery Rhythm Study');
  expect(text).toContain('would like to read heart rate, sleep and steps from a wearable');
  expect(text).toContain('works once, until Saturday 28 November 2026. Opening this page has not used it.');
});

it('several studies are counted and each has its card', async () => {
  const text = await textOf(
    LaunchPage({ ...invitation, studies: [study, { ...study, name: 'Everyday Study' }] }),
  );
  expect(text).toContain('invites you to 2 studies');
  expect(text).toContain('The study Everyday Study');
});

it('the form that redeems names the link', async () => {
  const { html } = await read(LaunchPage({ ...invitation, studies: [study] }));
  expect(html).toContain('<input type="hidden" name="link" value="name-of-the-link"/>');
});
