import type { IconName } from '../../components/icon.js';
import { longDate } from '../../components/times.js';
import type { Tone } from '../../components/tone.js';
import type { ConsentAnswer } from './consent-line.js';

interface AnswerChip {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}

/** Each answer as a chip. */
export const answerChips: Record<ConsentAnswer['is'], AnswerChip> = {
  open: { tone: 'idle', icon: 'circle', word: 'Not answered' },
  agreed: { tone: 'ok', icon: 'check-circle-fill', word: 'Shared' },
  declined: { tone: 'idle', icon: 'dash-circle', word: 'Not shared' },
  stopped: { tone: 'idle', icon: 'dash-circle', word: 'Stopped' },
};

/** When the answer was given and what it means for the data. */
export function answerMeaning(answer: ConsentAnswer, zone: string): string {
  switch (answer.is) {
    case 'open':
      return 'Nothing is read until you agree.';
    case 'agreed':
      return `Since ${longDate(answer.at, zone)}.`;
    case 'declined':
      return `You said no on ${longDate(answer.at, zone)}. Nothing is read.`;
    case 'stopped':
      return `You stopped on ${longDate(answer.at, zone)}. What came before stays with the study.`;
  }
}
