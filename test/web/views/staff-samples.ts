import type { AuditLine } from '../../../src/db/audit-search.js';
import type { RecordedDecision } from '../../../src/db/consent-history.js';
import type { InvitationLine } from '../../../src/db/staff-invitations.js';
import type { StaffStudyDetail, StudyScopeLine } from '../../../src/db/staff-studies.js';
import type { Calendar } from '../../../src/web/admin/patient-calendar.js';
import type { PatientCharts } from '../../../src/web/admin/patient-charts.js';
import { dataKind } from '../../../src/web/components/data-kinds.js';
import type { ListedPatient } from '../../../src/web/views/admin/patients.js';
import type { ListedObservation } from '../../../src/web/views/admin/patient/observations.js';
import { utc } from './samples.js';

/** What study teams look at: a patient, an invitation, a study, a week of data. */

export const listedPatient: ListedPatient = {
  id: 40012,
  name: 'Pamela Nguyen-Castellanos',
  standing: 'up to date',
  ...{ asked: 5, agreed: 5, answered: 5, rejected: 0 },
  studies: ['Recovery Rhythm Study'],
  providers: ['oura', 'garmin'],
  ...{ lost: [], lostSince: null, failure: null, polledAt: utc('21T09:45:00') },
  ...{ lastDataAt: utc('21T09:31:00'), invitedAt: null, invitationEndsAt: null },
  strip: {
    cells: [
      { day: '19 Nov', state: 'complete' },
      { day: '20 Nov', state: 'partial', figures: { expected: 288, stored: 71, rejected: 0, late: 0 } },
      { day: '21 Nov', state: 'unfinished' },
    ],
    percent: 95,
  },
};

export const invitation: InvitationLine = {
  id: 101,
  patientId: 40012,
  patientName: 'Pamela Nguyen-Castellanos',
  organizationIds: [20003],
  clientId: 6,
  clientName: 'OW Local',
  status: 'redeemed',
  issuedBy: 'Megan Moore',
  issuedAt: utc('20T09:00:00'),
  expiresAt: utc('27T09:00:00'),
  redeemedAt: utc('21T09:41:00'),
  ...{ asked: 5, agreed: 3, answered: 5, providers: ['oura'], lastDataAt: utc('21T09:58:00') },
};

export const staffStudy: StaffStudyDetail = {
  id: 30001,
  name: 'Recovery Rhythm Study',
  description: 'How sleep and heart rhythm recover in the months after heart surgery.',
  organizationId: 20003,
  organization: 'Lifespan Lab',
  ...{ patients: 126, connected: 104, scopes: 5, dataSources: 4, openInvitations: 12, historyDays: 90 },
};

export const staffScope: StudyScopeLine = {
  conceptId: 50004,
  code: 'omh:heart-rate:2.0',
  text: 'Heart Rate',
  isAsked: true,
  agreed: 119,
  makers: ['Oura', 'Garmin'],
};

export const patientFacts = {
  id: 40012,
  name: 'Pamela Nguyen-Castellanos',
  born: '12 March 1968',
  email: 'pamela@example.com',
  zone: 'America/Los_Angeles',
};

const days = ['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
const all = { expected: 288, stored: 288, rejected: 0, late: 0 };

export const calendar: Calendar = {
  days,
  rows: [
    {
      dataType: 'heart_rate',
      label: 'Heart rate',
      cells: [
        { date: '2026-11-17', day: '17 Nov', state: 'complete', figures: all },
        { date: '2026-11-18', day: '18 Nov', state: 'late', figures: { ...all, late: 12 } },
        {
          date: '2026-11-19',
          day: '19 Nov',
          state: 'rejected',
          figures: { ...all, stored: 285, rejected: 3 },
        },
        { date: '2026-11-20', day: '20 Nov', state: 'partial', figures: { ...all, stored: 71 } },
        { date: '2026-11-21', day: '21 Nov', state: 'unfinished', figures: undefined },
      ],
      percent: 80,
    },
  ],
  percent: 80,
};

const hour = (at: string, mean: number) => ({
  ...{
    dataType: 'heart_rate',
    at: utc(at),
    mean,
    low: mean - 8,
    high: mean + 20,
    count: 12,
    corrected: mean === 71 ? 1 : 0,
  },
});

export const charts: PatientCharts = {
  span: {
    zone: 'UTC',
    from: utc('20T00:00:00'),
    to: utc('22T00:00:00'),
    now: utc('21T10:00:00'),
    midnights: [utc('20T00:00:00'), utc('21T00:00:00'), utc('22T00:00:00')],
  },
  minutes: 60,
  bands: [
    {
      dataType: 'heart_rate',
      kind: dataKind('omh:heart-rate:2.0', 'Heart Rate'),
      unit: 'beats/min',
      sensible: [40, 120],
      pieces: [
        hour('20T00:00:00', 60),
        hour('20T01:00:00', 62),
        hour('20T12:00:00', 71),
        hour('20T13:00:00', 80),
      ],
    },
  ],
  columns: [
    {
      dataType: 'physical_activity',
      kind: { ...dataKind('ieee:physical-activity:1.0', ''), label: 'Steps' },
      unit: 'steps',
      days,
      totals: [
        { dataType: 'physical_activity', day: '2026-11-17', total: 8412, corrected: 0 },
        { dataType: 'physical_activity', day: '2026-11-19', total: 4100, corrected: 1 },
        { dataType: 'physical_activity', day: '2026-11-21', total: 900, corrected: 0 },
      ],
    },
  ],
  nights: {
    days,
    bars: [
      {
        day: '2026-11-19',
        pieces: [
          { stage: 'deep', from: 660, to: 760 },
          { stage: 'light', from: 760, to: 1000 },
        ],
        isCorrected: true,
        isInOrder: true,
      },
    ],
  },
};

export const observation: ListedObservation = {
  href: '/admin/patients/40012/observations/60001',
  measured: '20 Nov 10:05:00',
  kind: 'Heart rate',
  value: '78 beats/min',
  before: '71',
  device: 'Oura Ring Gen3',
  status: 'amended',
  identifier: 'c24e7a52-3f0e-4a57-9d43-0d6f1f6b08b1',
  version: 2,
  hasRawObject: true,
};

export const decision: RecordedDecision = {
  studyId: 30001,
  study: 'Recovery Rhythm Study',
  code: 'omh:heart-rate:2.0',
  text: 'Heart Rate',
  decision: 'agreed',
  decidedAt: utc('02T10:02:00'),
  textVersion: '2026-11',
  channel: 'consent page',
  byPatient: true,
  stands: true,
};

export const auditLine: AuditLine = {
  ...{ id: 17, at: utc('21T10:07:02'), actorKind: 'practitioner', actorId: 10003 },
  ...{ actorName: 'Megan Ortiz', action: 'list patients', why: 'GET /api/v1/patients', outcome: 'allowed' },
  ...{ accountId: null, accountName: null, requestId: '0d3a1c52-6f0e-4d3e-9d37-5a4f6c9b1e20' },
  ...{ address: '2001:db8::1', patients: [40001, 40002, 40003, 40004] },
};
