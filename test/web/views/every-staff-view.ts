import { InvitationPage } from '../../../src/web/views/admin/invitation.js';
import { InvitationsPage } from '../../../src/web/views/admin/invitations.js';
import { IssuedInvitationPage } from '../../../src/web/views/admin/issued-invitation.js';
import { NewPatientPage } from '../../../src/web/views/admin/new-patient.js';
import { AuditPage } from '../../../src/web/views/admin/audit/audit.js';
import { AccountPage } from '../../../src/web/views/admin/account.js';
import { ConsentsPage } from '../../../src/web/views/admin/patient/consents.js';
import { CalendarCard } from '../../../src/web/views/admin/patient/calendar-card.js';
import { ChartCards } from '../../../src/web/views/admin/patient/chart-cards.js';
import { DaysPage } from '../../../src/web/views/admin/patient/days.js';
import { FiguresPage } from '../../../src/web/views/admin/patient/figures.js';
import { ObservationPage } from '../../../src/web/views/admin/patient/observation.js';
import { ObservationsPage } from '../../../src/web/views/admin/patient/observations.js';
import { OverviewPage } from '../../../src/web/views/admin/patient/overview.js';
import { PatientsPage } from '../../../src/web/views/admin/patients.js';
import { NewStudyPage, StudiesPage } from '../../../src/web/views/admin/studies.js';
import { StudyPage } from '../../../src/web/views/admin/study.js';
import { NewTokenPage, RevokeTokenPage } from '../../../src/web/views/admin/token.js';
import { TokensPage } from '../../../src/web/views/admin/tokens.js';
import { erasureViews } from './erasure-views.js';
import { log, staff, utc } from './samples.js';
import {
  auditLine,
  calendar,
  charts,
  decision,
  invitation,
  listedPatient,
  observation,
  patientFacts,
  staffScope,
  staffStudy,
} from './staff-samples.js';

const teamMember = { ...staff, isOperator: false };
const trail = { frame: teamMember, asked: {}, events: [auditLine], openable: new Set([40001, 40002]) };
const choices = [
  { href: '/admin/patients', text: 'All', isCurrent: true, count: 214 },
  { href: '/admin/patients?show=look', text: 'Needs a look', isCurrent: false, count: 9 },
];
const list = {
  frame: teamMember,
  now: utc('21T10:00:00'),
  ...{ total: 214, before: 0, filters: choices, next: '/admin/patients?after=1~2', mayAdd: true },
  seesErasures: true,
  deviceNames: (keys: readonly string[]) => [...keys],
};
const organizations = [{ id: 20003, name: 'Lifespan Lab' }];
const invite = [{ id: '6', name: 'OW Local' }];
const study = {
  frame: teamMember,
  study: staffStudy,
  scopes: [staffScope, { ...staffScope, conceptId: 50005, code: 'omh:grip:1.0', isAsked: false }],
  sources: [
    { id: 70004, name: 'Oura', provider: 'oura', isUsed: true, connected: 71 },
    { id: 70001, name: 'CareX', provider: null, isUsed: false, connected: 0 },
  ],
  clients: [
    { id: 6, name: 'OW Local', clientId: 'ow-client', isUsed: true, invited: 104 },
    { id: 1, name: 'CareX', clientId: 'carex', isUsed: false, invited: 0 },
  ],
  texts: [
    {
      version: 2,
      body: 'We look at how you recover.\n\nOnly the team at Lifespan Lab reads your data.',
      writtenBy: 'Mary Okonkwo-Lindqvist',
      writtenAt: utc('20T09:00:00'),
    },
    { version: 1, body: 'We look at how you recover.', writtenBy: '', writtenAt: utc('02T09:00:00') },
  ],
  mayChange: true,
  mayAddClients: false,
};
const token = {
  ...{ id: 7, name: 'Sleep notebook on the laptop', access: 'read' as const },
  ...{ createdAt: utc('20T09:00:00'), expiresAt: utc('27T09:00:00') },
};
const ownSession = {
  ...{ openedAt: utc('21T08:00:00'), seenAt: utc('21T09:58:00') },
  ...{ endsAt: utc('21T20:00:00'), isThis: true },
};
const person = { frame: teamMember, patient: patientFacts };
const provenance = {
  ...{ provider: 'oura', source: 'apple', device: 'Ring', series: 'heart_rate' },
  ...{ recordedAt: utc('20T10:07:00'), updatedAt: utc('21T10:07:00'), missingSince: utc('21T11:00:00') },
  ...{ rawKey: 'raw/2026-11-20/1.json', rawEndpoint: 'heartrate' },
  ...{ rawFetchedAt: utc('20T10:06:00'), rawProcessedAt: utc('20T10:07:00') },
};

/** Every page of study teams, in every state that looks different. */
export const everyStaffView = {
  'staff-patients': () =>
    PatientsPage({
      ...list,
      patients: [
        listedPatient,
        {
          ...listedPatient,
          id: 2,
          standing: 'needs reconnecting',
          lost: ['garmin'],
          lostSince: utc('19T10:00:00'),
        },
        { ...listedPatient, id: 3, standing: 'rejected', rejected: 3 },
        { ...listedPatient, id: 4, standing: 'partly agreed', agreed: 2 },
        { ...listedPatient, id: 5, standing: 'silent', lastDataAt: utc('20T03:00:00') },
      ],
    }),
  'staff-patients-none': () => PatientsPage({ ...list, patients: [], next: undefined, done: 'Done.' }),
  'staff-patients-not-found': () => PatientsPage({ ...list, patients: [], text: 'Nobody', mayAdd: false }),
  'staff-new-patient': () =>
    NewPatientPage({
      frame: teamMember,
      organizations,
      studies: organizations,
      zones: ['UTC', 'Europe/Madrid'],
    }),
  'staff-new-patient-refused': () =>
    NewPatientPage({
      ...{ frame: teamMember, organizations, studies: [], zones: ['UTC'] },
      typed: { given: 'Noah', email: 'noah' },
      problems: { email: 'Type a whole e-mail address.' },
    }),
  'staff-invitations': () =>
    InvitationsPage({
      frame: teamMember,
      filters: choices,
      invitations: [
        invitation,
        { ...invitation, id: 2, status: 'issued', redeemedAt: null },
        { ...invitation, id: 3, status: 'expired', redeemedAt: null },
        { ...invitation, id: 4, agreed: 0 },
        { ...invitation, id: 5, status: 'cancelled' },
        { ...invitation, id: 6, status: 'reissued' },
      ],
    }),
  'staff-invitations-none': () => InvitationsPage({ frame: teamMember, filters: choices, invitations: [] }),
  'staff-invitation': () => InvitationPage({ frame: teamMember, invitation, log }),
  'staff-invitation-open': () =>
    InvitationPage({
      frame: teamMember,
      invitation: { ...invitation, status: 'issued' },
      log: [],
      invite,
      done: 'Sent.',
    }),
  'staff-issued': () =>
    IssuedInvitationPage({
      frame: teamMember,
      patient: { id: 40012, name: 'Noah Brandt' },
      link: 'http://localhost:8001/clients/ow/?code=localhost%3A8001_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo',
      expiresAt: utc('28T00:00:00'),
    }),
  'staff-tokens': () => TokensPage({ frame: teamMember, tokens: [token] }),
  'staff-tokens-none': () =>
    TokensPage({
      ...{ frame: teamMember, tokens: [], done: 'The token opens nothing any more.' },
      typed: { name: '', access: 'read', days: '0' },
      problems: { name: 'Say what it is for.', days: 'A number from 1 to 365.' },
    }),
  'staff-token-made': () =>
    NewTokenPage({
      frame: teamMember,
      name: 'Sleep notebook',
      token: 'a'.repeat(43),
      access: 'read',
      validDays: 90,
    }),
  'staff-token-revoke': () => RevokeTokenPage({ frame: teamMember, token }),
  'staff-studies': () => StudiesPage({ frame: teamMember, studies: [staffStudy], mayFound: true }),
  'staff-studies-none': () => StudiesPage({ frame: teamMember, studies: [], mayFound: false }),
  'staff-new-study': () =>
    NewStudyPage({ frame: teamMember, organizations, problems: { name: 'Give the study a name.' } }),
  'staff-study': () => StudyPage(study),
  'staff-study-of-an-operator': () =>
    StudyPage({
      ...study,
      frame: staff,
      mayAddClients: true,
      client: { clientName: '', clientId: 'carex', invitationUrl: 'https://carex.example/' },
      words: '',
      problems: { invitationUrl: 'must contain CODE', words: 'Write the text, or leave the page.' },
    }),
  'staff-study-of-a-viewer': () =>
    StudyPage({ ...study, scopes: [], sources: [], clients: [], texts: [], mayChange: false }),
  'staff-patient': () =>
    OverviewPage({
      ...person,
      states: [{ tone: 'ok', icon: 'check-circle-fill', word: 'Oura: up to date' }],
      stats: [{ name: 'Completeness', value: '95 %', about: '90 days' }],
      children: [
        CalendarCard({ calendar, ranges: choices, daysHref: '/admin/patients/40012/days' }),
        ChartCards({
          charts,
          ranges: choices,
          figuresHref: () => '/admin/patients/40012/figures',
          pointsHref: () => '/admin/patients/40012/points',
          dayText: (day) => day,
        }),
      ],
      connections: [{ name: 'Oura', state: { is: 'connected', lastDataAt: utc('21T09:58:00') } }],
      studies: [
        { id: 30001, name: 'Recovery Rhythm Study', organizationId: 20003, enrolledAt: utc('02T10:00:00') },
        { id: 30002, name: 'Another study', organizationId: 20003, enrolledAt: null },
      ],
      invitations: [invitation],
      readsAudit: true,
      invite,
      mayErase: true,
    }),
  'staff-audit': () =>
    AuditPage({
      ...trail,
      events: [
        auditLine,
        { ...auditLine, id: 16, actorKind: 'command line', actorId: null, outcome: 'asked' },
        { ...auditLine, id: 15, actorKind: 'nobody', actorId: null, outcome: 'refused', patients: [] },
        { ...auditLine, id: 14, actorKind: 'service', actorId: null, outcome: 'failed', requestId: null },
        { ...auditLine, id: 13, actorKind: 'patient', actorId: 10006, address: null },
      ],
      next: '/admin/audit?before=13',
    }),
  'staff-audit-narrowed': () =>
    AuditPage({ ...trail, asked: { patient: 40001, from: '2026-11-01', until: '2026-11-21', before: 99 } }),
  'staff-audit-none': () => AuditPage({ ...trail, events: [] }),
  'staff-audit-problem': () =>
    AuditPage({ ...trail, events: [], asked: { who: 1 }, problem: 'Patients and accounts are numbers.' }),
  'staff-account': () =>
    AccountPage({
      frame: teamMember,
      email: 'mary@lifespan.example',
      sessions: [ownSession, { ...ownSession, isThis: false }],
      done: 'You have a new password.',
    }),
  'staff-account-problem': () =>
    AccountPage({
      frame: teamMember,
      email: 'mary@lifespan.example',
      sessions: [ownSession],
      problems: { password: 'At least 12 characters.' },
    }),
  ...erasureViews,
  'staff-observations': () =>
    ObservationsPage({ ...person, observations: [observation], kinds: choices, next: '/admin/patients' }),
  'staff-observations-none': () => ObservationsPage({ ...person, observations: [], kinds: choices }),
  'staff-observation': () =>
    ObservationPage({
      ...person,
      ...{ observation, provenance, identifierSystem: 'ow:normalized', dataPoint: '{ "header": {} }' },
      revisions: [{ revision: 1, value: '71 beats/min', status: 'final', replacedAt: utc('21T10:07:00') }],
    }),
  'staff-days': () =>
    DaysPage({
      ...person,
      rows: calendar.rows,
      pager: { text: '1 Nov to 21 Nov', next: '?before=2026-11-01' },
    }),
  'staff-figures': () =>
    FiguresPage({
      ...person,
      ...{ label: 'Heart rate', unit: 'beats/min', columns: ['Average', 'Lowest'] },
      lines: [{ when: '20 Nov, 10:00', values: ['71', '60'] }],
    }),
  'staff-consents': () =>
    ConsentsPage({
      ...person,
      studies: [
        {
          id: 30001,
          name: 'Recovery Rhythm Study',
          lines: [
            {
              code: 'omh:heart-rate:2.0',
              text: 'Heart Rate',
              decision: 'agreed',
              decidedAt: utc('02T10:02:00'),
            },
          ],
        },
      ],
      history: [decision, { ...decision, decision: 'stopped', byPatient: false, stands: false }],
    }),
};
