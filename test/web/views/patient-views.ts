import { ErasePage } from '../../../src/web/views/patient/erase.js';
import { ErasedPage, ErasingPage, NoReceiptPage } from '../../../src/web/views/patient/erased.js';
import { DeleteCopyPage, LeavePage } from '../../../src/web/views/patient/way-out.js';
import { CompletePage } from '../../../src/web/views/patient/complete.js';
import {
  DeniedPage,
  DownPage,
  FailedPage,
  ForeignSignInPage,
  OtherBrowserPage,
  TimedOutPage,
} from '../../../src/web/views/patient/connect-messages.js';
import { ConsentsPage } from '../../../src/web/views/patient/consents.js';
import {
  ExpiredInvitationPage,
  ForgottenLinkPage,
  UnusableInvitationPage,
} from '../../../src/web/views/patient/invitation-messages.js';
import { HelpPage } from '../../../src/web/views/patient/help.js';
import type { FirstData } from '../../../src/web/views/patient/first-data.js';
import { LaunchPage } from '../../../src/web/views/patient/launch.js';
import { LeavingPage } from '../../../src/web/views/patient/leaving.js';
import { ManagePage } from '../../../src/web/views/patient/manage.js';
import {
  ErrorPage,
  NotFoundPage,
  NotTakingPartPage,
  SignedOutPage,
} from '../../../src/web/views/patient/plain-messages.js';
import { PreparingPage } from '../../../src/web/views/patient/preparing.js';
import { ProviderPickerPage } from '../../../src/web/views/patient/provider-picker.js';
import { FreshLinkAskedPage, ResumePage } from '../../../src/web/views/patient/way-back.js';
import type { Reader } from '../../../src/web/texts/reader.js';
import {
  csrf,
  everyday,
  frame as signedIn,
  givenAnswers,
  guest as anybody,
  log,
  rhythm,
  someDays,
  utc,
} from './samples.js';

const scopes = rhythm.lines.map(({ scope, name }) => ({ code: scope, name }));
const study = { name: rhythm.name, runBy: 'Lifespan Lab', runsUntil: rhythm.runsUntil, scopes };
const sharing = [rhythm, everyday].map((each) => ({ ...each, runBy: 'Lifespan Lab' }));
const usable = [
  { provider: 'oura', name: 'Oura', agreed: 4, missing: [] },
  { provider: 'garmin', name: 'Garmin', agreed: 4, missing: [] },
  { provider: 'polar', name: 'Polar', agreed: 4, missing: ['blood oxygen'] },
];
const unusable = [
  { provider: 'whoop', name: 'Whoop', reason: 'does-not-answer' },
  { provider: 'apple', name: 'Apple Health', reason: 'needs-app' },
  { provider: 'withings', name: 'Withings', reason: 'measures-nothing-agreed' },
  { provider: 'fitbit', name: 'Fitbit', reason: 'already-connected' },
] as const;
const fortnight = Array.from({ length: 14 }, (_, index) => index !== 5);
const connections = [
  {
    provider: 'oura',
    name: 'Oura',
    days: fortnight,
    state: { is: 'connected', lastDataAt: utc('21T09:58:00') },
  },
  { provider: 'garmin', name: 'Garmin', state: { is: 'needs-reconnecting' } },
  { provider: 'polar', name: 'Polar', state: { is: 'silent', hours: 31 } },
  { provider: 'fitbit', name: 'Fitbit', state: { is: 'could-not-read', since: utc('21T07:30:00') } },
  { provider: 'suunto', name: 'Suunto', state: { is: 'reading', percent: 42 } },
  {
    provider: 'whoop',
    name: 'Whoop',
    days: fortnight,
    state: { is: 'disconnected', on: utc('02T11:00:00') },
  },
] as const;
const arriving: FirstData = {
  readings: 10944,
  byDay: someDays,
  state: 'reading',
  readBack: { days: 90, daysDone: 38, percent: 42, at: utc('14T00:00:00'), minutesLeft: 3 },
  now: utc('21T09:44:40'),
};
const preparing = [
  { text: 'Invitation accepted', state: 'done' },
  { text: 'Reading what the study asks for', state: 'busy' },
  { text: 'Looking up which devices can be used', state: 'waiting' },
] as const;

/** Every page of a patient in every state that looks different, by a name for it, in the words of a reader. */
export function patientViews(words: Pick<Reader, 'texts' | 'locale'>) {
  const guest = { ...anybody, ...words };
  const frame = { ...signedIn, ...words };
  const invitation = {
    frame: guest,
    csrf,
    link: 'name-of-the-link',
    inviter: 'Dr. Megan Ortiz',
    expiresAt: utc('28T00:00:00'),
  };
  const attempt = { frame, csrf, provider: 'oura', device: 'Oura' };
  const erasing = {
    ...{ frame, csrf, receipt: 'R'.repeat(43), readings: 184_203 },
    studies: [rhythm.name, everyday.name],
  };
  const receipt = { frame: guest, reference: '90001', askedAt: utc('21T10:07:00'), entries: 184_911 };
  const connected = (data: Partial<FirstData>) =>
    CompletePage({
      frame,
      device: 'Oura',
      outcome: { is: 'connected', confirmedAt: utc('21T09:44:23'), data: { ...arriving, ...data } },
      studies: sharing,
      log,
    });
  return {
    launch: () => LaunchPage({ ...invitation, studies: [study] }),
    'launch-two-studies': () =>
      LaunchPage({ ...invitation, studies: [study, { ...study, name: everyday.name }] }),
    preparing: () => PreparingPage({ frame, tasks: preparing, log, refreshSeconds: 2 }),
    consents: () => ConsentsPage({ frame, csrf, studies: [rhythm, everyday], log }),
    'consents-refused': () =>
      ConsentsPage({
        frame,
        csrf,
        studies: [rhythm],
        log,
        problem: words.texts.consents.tickOne,
      }),
    'provider-picker': () =>
      ProviderPickerPage({ frame, csrf, usable, unusable, icons: new Set(['oura']), log }),
    'provider-picker-none': () =>
      ProviderPickerPage({ frame, csrf, usable: [], unusable, icons: new Set(), log }),
    leaving: () =>
      LeavingPage({ frame, device: 'Oura', to: 'https://cloud.ouraring.example/authorize?a=1&b=2' }),
    'complete-waiting': () =>
      CompletePage({ frame, device: 'Oura', outcome: { is: 'waiting' }, studies: sharing, log }),
    'complete-no-data-yet': () => connected({ readings: 0, byDay: [] }),
    'complete-arriving': () => connected({}),
    'complete-arrived': () => connected({ state: 'read' }),
    'complete-nothing-found': () => connected({ state: 'read', readings: 0, byDay: [] }),
    'complete-resting': () => connected({ state: 'resting' }),
    manage: () =>
      ManagePage({ frame, readings: 184_203, csrf, connections, studies: sharing, answers: givenAnswers }),
    'manage-saved': () =>
      ManagePage({
        frame,
        readings: 184_203,
        csrf,
        connections: connections.slice(0, 1),
        studies: sharing,
        answers: givenAnswers,
        done: words.texts.manage.answersSaved,
      }),
    leave: () =>
      LeavePage({
        ...{ frame, csrf, study: { id: '30001', name: 'Recovery Rhythm Study' } },
        ...{ kinds: [words.texts.kinds['heart-rate'].label], disconnected: ['Garmin'], kept: ['Oura'] },
      }),
    'delete-copy': () => DeleteCopyPage({ frame, csrf, provider: 'garmin', device: 'Garmin' }),
    erase: () => ErasePage(erasing),
    'erase-refused': () => ErasePage({ ...erasing, studies: [], problem: words.texts.erase.tick }),
    erasing: () =>
      ErasingPage({
        ...receipt,
        steps: { stopped: 'done', removed: 'busy', there: 'busy', checked: 'waiting' },
      }),
    erased: () =>
      ErasedPage({ ...receipt, endedAt: utc('21T10:08:00'), openWearables: 'emptied', hasFiles: false }),
    'erased-but-not-there': () =>
      ErasedPage({ ...receipt, endedAt: utc('21T10:08:00'), openWearables: 'remains', hasFiles: true }),
    'no-receipt': () => NoReceiptPage({ frame: guest }),
    'manage-empty': () =>
      ManagePage({ frame, readings: 184_203, csrf, connections: [], studies: [], answers: [] }),
    denied: () => DeniedPage(attempt),
    'timed-out': () => TimedOutPage(attempt),
    failed: () => FailedPage(attempt),
    'foreign-sign-in': () => ForeignSignInPage(attempt),
    'other-browser': () => OtherBrowserPage({ frame: guest }),
    down: () => DownPage({ frame, nextTryAt: utc('21T09:46:00'), again: '/ow/devices' }),
    expired: () => ExpiredInvitationPage({ frame: guest, endedAt: utc('14T00:00:00'), link: 'L'.repeat(43) }),
    unusable: () => UnusableInvitationPage({ frame: guest, signedInHere: false }),
    forgotten: () => ForgottenLinkPage({ frame: guest }),
    resume: () => ResumePage({ frame: guest, visit: csrf, link: 'L'.repeat(43) }),
    'fresh-link-asked': () => FreshLinkAskedPage({ frame: guest }),
    'unusable-signed-in': () => UnusableInvitationPage({ frame, signedInHere: true }),
    'signed-out': () => SignedOutPage({ frame: guest }),
    'not-taking-part': () => NotTakingPartPage({ frame }),
    'not-found': () => NotFoundPage({ frame: guest }),
    help: () => HelpPage({ frame: guest }),
    'help-signed-in': () => HelpPage({ frame }),
    error: () => ErrorPage({ frame: { ...words, organization: 'Wearable Exchange', zone: 'UTC' } }),
  };
}
