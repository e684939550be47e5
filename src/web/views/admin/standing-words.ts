import type { PatientStanding, Standing } from '../../../db/patient-standings.js';
import type { StateWords } from '../../components/connection-state.js';
import { clockTime, shortDate } from '../../components/times.js';
import { counted, inWords } from '../../components/words.js';

const HOUR_MS = 3_600_000;

/** What a practitioner filters by: several standings that ask for the same next step. */
export const standingGroups = {
  look: {
    text: 'Needs a look',
    of: ['needs reconnecting', 'silent', 'could not read', 'rejected', 'not invited'],
  },
  arriving: { text: 'Data arrives', of: ['up to date', 'nothing new', 'partly agreed'] },
  connecting: { text: 'Being connected', of: ['invited', 'not connected', 'no data yet'] },
  'no-consent': { text: 'No consent', of: ['not consented'] },
  'no-study': { text: 'In no study', of: ['in no study'] },
} as const satisfies Record<string, { readonly text: string; readonly of: readonly Standing[] }>;
export type StandingGroup = keyof typeof standingGroups;

const looks: Record<Standing, Omit<StateWords, 'word'>> = {
  'needs reconnecting': { tone: 'warn', icon: 'arrow-repeat' },
  silent: { tone: 'warn', icon: 'clock-history' },
  'could not read': { tone: 'busy', icon: 'cloud-slash' },
  rejected: { tone: 'bad', icon: 'exclamation-octagon-fill' },
  'not invited': { tone: 'warn', icon: 'envelope' },
  'partly agreed': { tone: 'idle', icon: 'dash-circle' },
  'not connected': { tone: 'idle', icon: 'plug' },
  invited: { tone: 'idle', icon: 'envelope' },
  'no data yet': { tone: 'busy', icon: 'hourglass-split' },
  'up to date': { tone: 'ok', icon: 'check-circle-fill' },
  'nothing new': { tone: 'idle', icon: 'clock' },
  'not consented': { tone: 'idle', icon: 'dash-circle' },
  'in no study': { tone: 'idle', icon: 'slash-circle' },
};

const words: Partial<Record<Standing, string>> = {
  'needs reconnecting': 'Needs reconnecting',
  'could not read': 'Could not read',
  'not invited': 'Not invited',
  'not connected': 'Not connected',
  invited: 'Invited',
  'no data yet': 'Connected, no data yet',
  'up to date': 'Up to date',
  'nothing new': 'Nothing new',
  'not consented': 'Not consented',
  'in no study': 'In no study',
};

/** How a patient stands, as a chip says it. */
export function standingWords(patient: PatientStanding, now: Date): StateWords {
  const { standing, rejected, agreed, asked, lastDataAt } = patient;
  const look = looks[standing];
  if (standing === 'rejected') return { ...look, word: `${rejected} rejected` };
  if (standing === 'partly agreed') return { ...look, word: `${agreed} of ${asked} agreed` };
  if (standing === 'silent') {
    const word = lastDataAt === null ? 'Never sent data' : `Silent for ${hoursSince(lastDataAt, now)} h`;
    return { ...look, word };
  }
  return { ...look, word: words[standing] ?? standing };
}

/** Why, in one sentence, and what happens or has to be done. */
export function standingReason(
  patient: PatientStanding,
  deviceNames: (keys: readonly string[]) => string[],
  zone: string,
) {
  const { agreed, asked, answered, rejected } = patient;
  const devices = inWords(deviceNames(patient.providers));
  const dated = (at: Date | null) => (at === null ? 'some time ago' : shortDate(at, zone));
  switch (patient.standing) {
    case 'needs reconnecting':
      return `${inWords(deviceNames(patient.lost))} ended our access, seen on ${dated(patient.lostSince)}. The patient has to sign in again.`;
    case 'silent':
      return `The connection works, ${devices} has nothing new.`;
    case 'could not read':
      return `Since ${dated(patient.polledAt)}, ${patient.polledAt === null ? '' : clockTime(patient.polledAt, zone)}. Retried by itself.`;
    case 'rejected':
      return `${counted(rejected, 'record')} could not be understood. An operator decides.`;
    case 'not invited':
      return 'Nothing was agreed to, and no invitation is open.';
    case 'partly agreed':
      return answered < asked ? `${asked - answered} not answered yet.` : `${asked - agreed} not shared.`;
    case 'not connected':
      return `Agreed to ${agreed} of ${asked}, chose no device yet.`;
    case 'invited':
      return `Sent on ${dated(patient.invitedAt)}. Ends on ${dated(patient.invitationEndsAt)}.`;
    case 'no data yet':
      return `${devices} is connected; the first data usually arrives within 10 minutes.`;
    case 'up to date':
      return 'What was expected has arrived.';
    case 'nothing new':
      return 'The newest reading found nothing new.';
    case 'not consented':
      return 'Answered, and agreed to nothing.';
    case 'in no study':
      return 'Enrol the patient in a study first.';
  }
}

export function hoursSince(at: Date, now: Date): number {
  return Math.floor((now.getTime() - at.getTime()) / HOUR_MS);
}
