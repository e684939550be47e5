import type { Reader } from '../texts/reader.js';
import type { IconName } from './icon.js';
import { clockTime, longDate, shortDate } from './times.js';
import type { Tone } from './tone.js';
import { figure } from './words.js';

/** What a patient's connection to one device maker is like at the moment. */
export type ConnectionState =
  | { readonly is: 'connected'; readonly lastDataAt?: Date | undefined }
  | { readonly is: 'reading'; readonly percent: number }
  | { readonly is: 'silent'; readonly hours: number }
  | { readonly is: 'needs-reconnecting' }
  | { readonly is: 'could-not-read'; readonly since: Date }
  /** Reading fails for a reason on our side. */
  | { readonly is: 'not-read-by-us'; readonly since: Date }
  | { readonly is: 'disconnected'; readonly on?: Date | undefined }
  | { readonly is: 'disconnecting'; readonly since: Date }
  /** Of the copy at Open Wearables. */
  | { readonly is: 'deleting'; readonly since: Date }
  | { readonly is: 'deleted'; readonly on: Date }
  | { readonly is: 'not-deleted' };

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
  'not-read-by-us': { tone: 'busy', icon: 'cloud-slash' },
  disconnected: { tone: 'idle', icon: 'plug' },
  disconnecting: { tone: 'busy', icon: 'hourglass-split' },
  deleting: { tone: 'busy', icon: 'hourglass-split' },
  deleted: { tone: 'idle', icon: 'plug' },
  'not-deleted': { tone: 'warn', icon: 'plug' },
} as const satisfies Record<ConnectionState['is'], Omit<StateWords, 'word'>>;

function patientWord(device: string, state: ConnectionState, { texts, locale }: Reader): string {
  const { states } = texts.devices;
  if (state.is === 'silent') return states.silent(figure(state.hours, locale));
  if (state.is === 'could-not-read') return states['could-not-read'](device);
  return states[state.is];
}

/** The state as a patient reads it on a chip. */
export function stateForPatient(device: string, state: ConnectionState, reader: Reader): StateWords {
  return { ...looks[state.is], word: patientWord(device, state, reader) };
}

/** What the state means for the patient's data, and what to do, in a sentence or two. */
export function meaningForPatient(device: string, state: ConnectionState, reader: Reader): string {
  const { texts, zone, locale } = reader;
  const { meanings } = texts.devices;
  const day = (at: Date) => longDate(at, zone, locale);
  const clock = (at: Date) => clockTime(at, zone, locale);
  switch (state.is) {
    case 'connected': {
      const { lastDataAt } = state;
      return lastDataAt === undefined
        ? meanings.noDataYet
        : meanings.lastData(day(lastDataAt), clock(lastDataAt));
    }
    case 'reading':
      return meanings.reading(device, figure(state.percent, locale));
    case 'silent':
      return meanings.silent(device);
    case 'needs-reconnecting':
      return meanings.needsReconnecting(device);
    case 'could-not-read':
      return meanings.couldNotRead(day(state.since), clock(state.since));
    case 'disconnected':
      return state.on === undefined ? meanings.nothingRead : meanings.disconnected(day(state.on));
    case 'not-read-by-us':
      return meanings.notReadByUs(day(state.since), clock(state.since));
    case 'disconnecting':
      return meanings.disconnecting(device, clock(state.since));
    case 'deleting':
      return meanings.deleting(clock(state.since));
    case 'deleted':
      return meanings.deleted(day(state.on));
    case 'not-deleted':
      return meanings.notDeleted;
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
    case 'not-read-by-us':
      return 'Could not read';
    case 'disconnected':
    case 'deleted':
    case 'not-deleted':
      return 'Not connected';
    case 'disconnecting':
    case 'deleting':
      return 'Being disconnected';
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
    case 'not-read-by-us':
      return `Since ${shortDate(state.since, zone)}, ${clockTime(state.since, zone)}. For a reason on our side.`;
    case 'deleted':
      return `The copy at Open Wearables was deleted on ${shortDate(state.on, zone)}.`;
    case 'not-deleted':
      return 'The copy at Open Wearables could not be deleted.';
    case 'reading':
    case 'disconnecting':
    case 'deleting':
      return undefined;
  }
}
