import type { Texts } from './en.js';

/** Who reads a page: in which words, with which dates and numbers, in which zone and light. */
export interface Reader {
  readonly texts: Texts;
  /** Language and region (BCP 47), e.g. `es-MX`. */
  readonly locale: string;
  /** IANA zone, e.g. `Europe/Madrid`. */
  readonly zone: string;
  /** Chosen with the switch; absent where the device decides. */
  readonly theme?: Theme | undefined;
}

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];
