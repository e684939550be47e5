import type { IconName } from '../../components/icon.js';
import { longDate } from '../../components/times.js';
import type { Tone } from '../../components/tone.js';
import type { Reader } from '../../texts/reader.js';
import type { ConsentAnswer } from './consent-line.js';

interface AnswerChip {
  readonly tone: Tone;
  readonly icon: IconName;
}

/** How each answer looks as a chip. */
export const answerChips: Record<ConsentAnswer['is'], AnswerChip> = {
  open: { tone: 'idle', icon: 'circle' },
  agreed: { tone: 'ok', icon: 'check-circle-fill' },
  declined: { tone: 'idle', icon: 'dash-circle' },
  stopped: { tone: 'idle', icon: 'dash-circle' },
};

/** When the answer was given and what it means for the data. */
export function answerMeaning(answer: ConsentAnswer, { texts, zone, locale }: Reader): string {
  if (answer.is === 'open') return texts.answers.openMeans;
  return texts.answers[`${answer.is}Means`](longDate(answer.at, zone, locale));
}
