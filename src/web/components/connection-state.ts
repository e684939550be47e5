import type { IconName } from './icon.js';
import { clockTime, longDate, shortDate } from './times.js';
import type { Tone } from './tone.js';

/** What a patient's connection to one device maker is like at the moment. */
export type ConnectionState =
  | { readonly is: 'connected'; readonly lastDataAt?: Date | undefined }
  | { readonly is: 'reading'; readonly percent: number }
  | { readonly is: 'silent'; readonly hours: number }
  | { readonly is: 'needs-reconnecting' }
  | { readonly is: 'could-not-read'; readonly since: Date }
  | { readonly is: 'disconnected'; readonly on?: Date | undefined };

export interface StateWords {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}

const looks = {
  connected: { tone: 'ok', icon: 'check-circle-fill' },
  reading: { tone: 'busy', icon: 'hourglass-split' },
  silent: { tone: 'warn', icon: 'clock-history' },
  'needs-reconnecting': { tone: 'warn', icon: 'arrow-repeat' },
  'could-not-read': { tone: 'busy', icon: 'cloud-slash' },
  disconnected: { tone: 'idle', icon: 'plug' },
} as const satisfies Record<ConnectionState['is'], Omit<StateWords, 'word'>>;

function patientWord(device: string, state: ConnectionState): string {
  switch (state.is) {
    case 'connected':
      return 'Connected';
    case 'reading':
      return 'Reading';
    case 'silent':
      return `No data for ${state.hours} hours`;
    case 'needs-reconnecting':
      return 'Needs reconnecting';
    case 'could-not-read':
      return `${device} has an outage`;
    case 'disconnected':
      return 'Disconnected';
  }
}

/** The state as a patient reads it on a chip. */
export function stateForPatient(device: string, state: ConnectionState): StateWords {
  return { ...looks[state.is], word: patientWord(device, state) };
}

/** What the state means for the patient's data, and what to do, in a sentence or two. */
export function meaningForPatient(device: string, state: ConnectionState, zone: string): string {
  switch (state.is) {
    case 'connected':
      return state.lastDataAt === undefined
        ? 'The first data usually arrives within 10 minutes.'
        : `Last data on ${longDate(state.lastDataAt, zone)} at ${clockTime(state.lastDataAt, zone)}.`;
    case 'reading':
      return `Reading back what ${device} has kept, ${state.percent} % so far. There is nothing to do.`;
    case 'silent':
      return `The connection is fine, but ${device} has nothing new. Wear it, then open the ${device} app to let it catch up.`;
    case 'needs-reconnecting':
      return `${device} asks you to sign in again. It takes a minute. Nothing is lost: we read what was missed.`;
    case 'could-not-read':
      return `Since ${clockTime(state.since, zone)} on ${longDate(state.since, zone)}. You need not do anything: we read what was missed when it is back.`;
    case 'disconnected':
      return state.on === undefined
        ? 'We read nothing from it.'
        : `Disconnected on ${longDate(state.on, zone)}. We read nothing since.`;
  }
}

function staffWord(state: ConnectionState): string {
  switch (state.is) {
    case 'connected':
      return state.lastDataAt === undefined ? 'Connected, no data yet' : 'Up to date';
    case 'reading':
      return `Reading back ${state.percent} %`;
    case 'silent':
      return `Silent for ${state.hours} h`;
    case 'needs-reconnecting':
      return 'Needs reconnecting';
    case 'could-not-read':
      return 'Could not read';
    case 'disconnected':
      return 'Not connected';
  }
}

/** The state as the study team and operators read it on a chip. */
export function stateForStaff(state: ConnectionState): StateWords {
  return { ...looks[state.is], word: staffWord(state) };
}

/** One sentence under the staff's chip, where the word alone does not say it. */
export function reasonForStaff(state: ConnectionState, zone: string): string | undefined {
  switch (state.is) {
    case 'connected':
      return state.lastDataAt === undefined
        ? undefined
        : `Last data ${shortDate(state.lastDataAt, zone)}, ${clockTime(state.lastDataAt, zone)}.`;
    case 'silent':
      return 'The connection works, there is nothing new.';
    case 'needs-reconnecting':
      return 'Its maker ended our access. The patient has to sign in again.';
    case 'could-not-read':
      return `Since ${shortDate(state.since, zone)}, ${clockTime(state.since, zone)}. Retried by itself.`;
    case 'disconnected':
      return state.on === undefined ? undefined : `Since ${shortDate(state.on, zone)}.`;
    case 'reading':
      return undefined;
  }
}
