import { expect, it } from 'vitest';
import { DownPage, TimedOutPage } from '../../../src/web/views/patient/connect-messages.js';
import {
  ExpiredInvitationPage,
  UnusableInvitationPage,
} from '../../../src/web/views/patient/invitation-messages.js';
import { ErrorPage } from '../../../src/web/views/patient/plain-messages.js';
import { textOf } from './html.js';
import { csrf, english, frame, guest, utc } from './samples.js';

it('going on is offered only to the browser that is signed in', async () => {
  const offered = 'Go on in this browser';
  expect(await textOf(UnusableInvitationPage({ frame: guest, signedInHere: false }))).not.toContain(offered);
  expect(await textOf(UnusableInvitationPage({ frame, signedInHere: true }))).toContain(offered);
});

it('signing out is offered only where somebody is signed in', async () => {
  expect(await textOf(UnusableInvitationPage({ frame: guest, signedInHere: false }))).not.toContain(
    'Sign out',
  );
  expect(await textOf(UnusableInvitationPage({ frame, signedInHere: true }))).toContain('Sign out');
});

it('an invitation that ended says until when it could be used', async () => {
  const text = await textOf(
    ExpiredInvitationPage({ frame: guest, endedAt: utc('14T12:00:00'), link: 'L'.repeat(43) }),
  );
  expect(text).toContain('It could be used until Saturday 14 November 2026.');
});

it('an attempt that took too long can be made again', async () => {
  const text = await textOf(TimedOutPage({ frame, csrf, provider: 'oura', device: 'Oura' }));
  expect(text).toContain('That took longer than 15 minutes, so we stopped waiting. Nothing is lost.');
  expect(text).toContain('Try again');
});

it('an outage names the next try in the zone of the reader', async () => {
  const madrid = { ...frame, zone: 'Europe/Madrid' };
  const text = await textOf(DownPage({ frame: madrid, nextTryAt: utc('21T08:46:00'), again: '/ow/devices' }));
  expect(text).toContain('Next time at 09:46.');
});

it('an error of ours needs neither a contact nor a session', async () => {
  const text = await textOf(
    ErrorPage({ frame: { ...english, organization: 'Wearable Exchange', zone: 'UTC' } }),
  );
  expect(text).toContain('This is on our side, not yours.');
});
