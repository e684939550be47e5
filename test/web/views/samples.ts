import type { GivenAnswer } from '../../../src/web/views/patient/answer-history.js';
import type { PatientFrame } from '../../../src/web/components/patient-layout.js';
import type { LogStep } from '../../../src/web/components/log.js';
import { en } from '../../../src/web/texts/en.js';
import type { ConsentStudy } from '../../../src/web/views/patient/consent-study.js';
import type { StaffFrame } from '../../../src/web/views/admin/staff-layout.js';

/** A small world that every view can be shown in: two studies, one patient, one morning. */

export const csrf = 'csrf-of-this-session';

export const utc = (time: string): Date => new Date(`2026-11-${time}Z`);

/** A reader of English in the British way, whose device decides on the light. */
export const english = { texts: en, locale: 'en-GB' };

export const guest: PatientFrame = {
  ...english,
  organization: 'Lifespan Lab',
  partOf: 'Planetary Research Institute',
  zone: 'UTC',
  contact: {
    name: 'Megan Ortiz',
    role: 'study coordinator',
    phone: '+1 555 0100',
    email: 'study@lifespan.example',
    reference: 'RR-7F3K-2Q',
  },
};

export const frame: PatientFrame = { ...guest, signOutCsrf: csrf };

export const log: readonly LogStep[] = [
  {
    at: utc('21T09:41:02'),
    mark: 'ok',
    text: 'Invitation accepted',
    detail: 'It cannot be used a second time',
  },
  { at: utc('21T09:41:02'), mark: 'ok', text: 'This browser is signed in' },
  {
    at: utc('21T09:42:37'),
    mark: 'ok',
    text: 'Consents saved: 4 of 5 kinds of data',
    detail: 'Text version 3',
  },
  { at: utc('21T09:42:38'), mark: 'bad', text: 'Device makers did not answer', detail: 'Tried again' },
  { at: utc('21T09:42:39'), mark: 'busy', text: 'Waiting for you to choose a device …' },
];

const line = (id: string, scope: string, name: string) => ({
  id,
  scope,
  name,
  from: new Date('2026-08-23T00:00:00Z'),
  answer: { is: 'open' as const },
});

export const openLines = [
  line('1-1', 'omh:heart-rate:2.0', 'Heart Rate'),
  line('1-2', 'ieee:sleep-episode:1.0', 'Sleep Episode'),
  line('1-3', 'omh:step-count:3.0', 'Step Count'),
  line('1-4', 'omh:oxygen-saturation:2.0', 'Oxygen Saturation'),
  line('1-5', 'omh:grip-strength:1.0', 'Grip Strength'),
] as const;

export const rhythm: ConsentStudy = {
  id: '1',
  name: 'Recovery Rhythm Study',
  runBy: 'Lifespan Lab',
  purpose: 'How sleep and heart rhythm recover in the months after heart surgery.',
  ownText: {
    version: 2,
    body: 'You had heart surgery, and we would like to learn how you recover.\n\nOnly the team reads your data.',
  },
  runsUntil: new Date('2027-06-30T00:00:00Z'),
  seenBy: '6 people of the study team at Lifespan Lab',
  lines: openLines,
};

export const everyday: ConsentStudy = {
  id: '2',
  name: 'Lifespan Study on Blood Pressure and Heart Rate in Everyday Life',
  runBy: 'Lifespan Lab',
  purpose: 'How heart rate follows the day outside the clinic.',
  seenBy: '11 people: Lifespan Lab and Saturn School of Data Science',
  lines: [
    {
      id: '2-1',
      scope: 'omh:heart-rate:2.0',
      name: 'Heart Rate',
      answer: { is: 'agreed', at: utc('02T10:02:00') },
    },
    {
      id: '2-2',
      scope: 'omh:respiratory-rate:2.0',
      name: 'Breathing',
      answer: { is: 'stopped', at: utc('14T18:20:00') },
    },
    {
      id: '2-3',
      scope: 'omh:body-weight:3.0',
      name: 'Weight',
      answer: { is: 'declined', at: utc('02T10:02:00') },
    },
  ],
};

export const staff: StaffFrame = {
  userName: 'Mary Okonkwo-Lindqvist',
  standing: 'Manager, 3 organizations',
  isOperator: true,
  readsAudit: true,
  csrf,
  zone: 'UTC',
  temporalUrl: 'http://localhost:8233/',
  apiDocsUrl: '/api/schema/swagger-ui/',
};

/** Two days in a row, then one after a gap. */
export const someDays = [
  { daysAgo: 0, readings: 288, heartRate: { mean: 61.2, low: 48, high: 131 } },
  { daysAgo: 1, readings: 280, heartRate: { mean: 64.8, low: 50, high: 122 } },
  { daysAgo: 4, readings: 120, heartRate: { mean: 72.4, low: 55, high: 160 } },
  { daysAgo: 5, readings: 12, heartRate: null },
];

const sleepAnswer = { study: rhythm.name, code: 'ieee:sleep-episode:1.0', text: 'Sleep' };

/** Every answer so far, the newest first. */
export const givenAnswers: readonly GivenAnswer[] = [
  { ...sleepAnswer, decision: 'stopped', decidedAt: utc('14T10:00:00') },
  { ...sleepAnswer, decision: 'agreed', decidedAt: utc('01T09:30:00') },
];
