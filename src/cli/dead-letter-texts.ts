import type { DeadLetter, LetterOutcome } from '../db/dead-letters.js';
import { minuteOf } from '../minute-of.js';
import { rejectionReasons } from '../omh/measurement.js';
import { rejectionMeanings } from '../omh/rejection-meanings.js';

/** What a retry made of letters, after their number. */
export const outcomeTexts: Readonly<Record<LetterOutcome, string>> = {
  created: 'retried and stored',
  unchanged: 'stored already, nothing overwritten',
  rejected: 'refused again',
  withheld: 'covered by no consent',
  held: 'waiting for the day to be read again',
};

export const headings = ['id', 'patient', 'data type', 'series', 'reason', 'detail', 'seen', 'first', 'last'];

/** A dead letter as a row of the list. */
export function inOneLine(letter: DeadLetter): string[] {
  const { id, patientId, dataType, series, reason, detail, seenCount, firstSeenAt, lastSeenAt } = letter;
  return [
    ...[String(id), String(patientId), dataType, printable(series), reason, detail, String(seenCount)],
    ...[minuteOf(firstSeenAt), minuteOf(lastSeenAt)],
  ];
}

/** A dead letter in full, a property a row. */
export function described(letter: DeadLetter): string[][] {
  const { reason, detail, state, tries, note, decidedAt, decidedBy } = letter;
  const known = rejectionReasons.find((each) => each === reason);
  return [
    ...[
      ['id', String(letter.id)],
      ['patient', String(letter.patientId)],
      ['data type', letter.dataType],
    ],
    ...[
      ['series', printable(letter.series)],
      ['reason', `${reason} (${detail})`],
    ],
    ['', known === undefined ? '' : rejectionMeanings[known]],
    ...[
      ['seen', letter.seenCount === 1 ? 'once' : `${letter.seenCount} times`],
      ['first', minuteOf(letter.firstSeenAt)],
      ['last', minuteOf(letter.lastSeenAt)],
    ],
    ...[
      ['state', state],
      ['tries', String(tries)],
    ],
    ...(decidedAt === null ? [] : [['decided', `${minuteOf(decidedAt)}${byWhom(decidedBy)}`]]),
    ...(note === null ? [] : [['note', note]]),
  ];
}

function byWhom(userId: number | null): string {
  return userId === null ? '' : ` by account ${userId}`;
}

/** The name of a series comes from outside: what would steer a terminal is left out. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 60);
}
