/** What stands around every page. */
export const shell = {
  /** The language's own name for itself, and its code. */
  name: 'English',
  language: 'en',
  skip: 'Skip to content',
  page: 'Page',
  signOut: 'Sign out',
  appearance: 'Appearance',
  light: 'Light',
  dark: 'Dark',
  asTheDevice: 'As the device',
  progress: 'Progress',
  steps: ['Agree', 'Choose device', 'Sign in', 'Done'],
  done: ' (done)',
  beingDone: ' (being done)',
  toCome: ' (to come)',
  studyTeam: 'the study team',
};

/** The study beside the text, and whom to ask. */
export const study = {
  about: 'About the study',
  eyebrow: 'The study',
  runBy: 'Run by',
  runsUntil: 'Runs until',
  questions: (who: string) => `Questions? ${who}`,
  reference: 'Say this reference when you call',
  stillStuck: (who: string) => `Still stuck? ${who} helps: `,
  sayReference: 'Say the reference ',
};

/** The Integration Log. */
export const log = {
  title: 'Integration log',
  beside: 'Progress in detail',
  stepsSoFar: 'Steps so far',
  reference: 'Reference',
  explained: 'The log shows each step as it happens. It holds no password and none of your measurements.',
  steps: {
    invited: 'Invitation sent',
    redeemed: 'Invitation opened in this browser',
    'account ready': 'Account for your data prepared',
    consented: 'Answers saved',
    connecting: 'Sign-in at the maker began',
    connected: 'Connection confirmed',
    reading: 'Reading of the first data began',
    expired: 'Invitation ended',
    superseded: 'A newer invitation replaced this one',
  },
  details: {
    redeemed: 'The link is used up now.',
    'account ready': 'Under an opaque number, not your name.',
  },
};
