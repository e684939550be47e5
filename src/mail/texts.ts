import { english } from './texts.en.js';
import { spanish } from './texts.es.js';

/** What a letter is about. */
export type LetterKind = 'invitation' | 'invitation reminder' | 'connect reminder' | 'fresh link';

export interface LetterFacts {
  readonly name: string;
  readonly invitedBy: string;
  readonly organization: string;
  readonly link: string;
  /** Until when the link works, in the patient's language and time zone. */
  readonly until: string;
}

export interface LetterText {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

/** What the last letter to a patient says. */
export interface ErasureFacts {
  readonly organization: string;
  /** By which the study team finds what was done. */
  readonly reference: string;
  /** When it was asked for, in the patient's language and time zone. */
  readonly askedAt: string;
}

/** One language's letters. */
export type LetterTexts = Readonly<Record<LetterKind, (facts: LetterFacts) => LetterText>> & {
  readonly erasure: (facts: ErasureFacts) => LetterText;
  readonly greeting: (name: string) => string;
  readonly closing: readonly string[];
};

export const letterTexts = { en: english, es: spanish } as const satisfies Record<string, LetterTexts>;

export type Language = keyof typeof letterTexts;
