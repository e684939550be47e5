import { change, type Decision, type Decisions, none, read } from './decisions.js';

const RUNS = none('runs the service, which records by itself');
const MACHINE = none('tells how the service does: ids, codes and counts');
const STEERS = none(
  'steers what runs by the clock and tells of no patient; polls are remembered by themselves',
);
const SETTINGS = none('tells settings, of secrets only whether they are set');
const NUMBERS = none('tells of patients by number: states, counts and times, no name and no measurement');

/** What was decided about every command that does something, by its words. */
export const decidedCommands: Decisions = {
  ...{ dev: RUNS, serve: RUNS, api: RUNS, worker: RUNS },
  ...{ doctor: MACHINE, status: MACHINE, version: MACHINE, replay: MACHINE },
  migrate: none('changes tables, before there is a trail'),
  'migrate status': MACHINE,
  seed: change('make starting world'),
  convert: none('reads nothing that is stored'),

  invite: change('invite patient'),
  backfill: change('read history back'),
  'backfill pause': change('steer history'),
  'backfill resume': change('steer history'),
  'backfill cancel': change('steer history'),
  'backfill status': NUMBERS,
  ...{ poll: STEERS, reconcile: STEERS },
  recover: none('begins what was asked for, which was recorded then'),
  ...{
    'schedule status': MACHINE,
    'schedule pause': STEERS,
    'schedule resume': STEERS,
    'schedule run': STEERS,
  },

  patients: NUMBERS,
  'patients erase': change('erase patient'),
  'patients erasure': NUMBERS,
  'patients erasures': NUMBERS,
  'dead-letters list': NUMBERS,
  'dead-letters show': change('read original of dead letter'),
  'dead-letters retry': change('decide about dead letters'),
  'dead-letters discard': change('decide about dead letters'),
  'audit list': read('read audit trail'),
  'audit verify': MACHINE,
  'audit acknowledge': change('acknowledge break of audit trail'),

  ...{ 'settings list': SETTINGS, 'settings get': SETTINGS, 'settings history': SETTINGS },
  'settings set': change('change settings'),
  'settings unset': change('change settings'),
  'secrets rotate': change('seal secrets anew'),
  'token create': change('make access token'),
  'token list': none('tells of the tokens of an account, never a token'),
  'token revoke': change('revoke access token'),
  'token client': change('make credentials of a program'),
  'user add': change('add practitioner'),
  'user password': change('change password'),
  'user sign-out': change('sign out everywhere'),
  'user list': none('tells of practitioners, not of patients'),
};

export function decisionOfCommand(words: string): Decision {
  const decision = decidedCommands[words];
  if (decision === undefined) throw new Error(`nobody decided whether the command ${words} is recorded`);
  return decision;
}
