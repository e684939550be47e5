import type { AskedAs, ErasureReason } from '../../../erasure.js';

/** Why, as it is chosen. */
export const reasonWords: Readonly<Record<ErasureReason, string>> = {
  'patient asked': 'The patient asked for it',
  withdrawn: 'The patient withdrew, and nothing is to be kept',
  'study over': 'The study is over, and the time for keeping data as well',
  'added by mistake': 'Added by mistake, or twice',
};

export const askerWords: Readonly<Record<AskedAs, string>> = {
  patient: 'the patient',
  manager: 'a manager',
  operator: 'an operator',
  'command line': 'the command line',
};
