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

/** One language's letters. */
export type LetterTexts = Readonly<Record<LetterKind, (facts: LetterFacts) => LetterText>> & {
  readonly greeting: (name: string) => string;
  readonly closing: readonly string[];
};

export const letterTexts = { en: english, es: spanish } as const satisfies Record<string, LetterTexts>;

export type Language = keyof typeof letterTexts;
