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
  questions: 'Questions?',
  questionsTo: (who: string) => `Questions? ${who}`,
  reference: 'Say this reference when you call',
  stillStuck: (who: string) => `Still stuck? ${who} helps: `,
  stillStuckAsk: (who: string) => `Still stuck? Ask ${who}.`,
  sayReference: 'Say the reference ',
};

/** The Integration Log. */
export const log = {
  title: 'Integration log',
  beside: 'Progress in detail',
  stepsSoFar: 'Steps so far',
  reference: 'Reference',
  copy: 'Copy for support',
  copied: 'Copied',
  explained: 'The log shows each step as it happens. It holds no password and none of your measurements.',
  steps: {
    invited: 'Invitation issued',
    mailed: 'Invitation sent by e-mail',
    'not mailed': 'The e-mail with the invitation could not be sent',
    reminded: 'Reminder sent by e-mail',
    redeemed: 'Invitation opened in this browser',
    declined: 'Answered with “no”: not taking part',
    'account ready': 'Account for your data prepared',
    consented: 'Answers saved',
    'devices matched': 'Devices compared with what you share',
    connecting: 'Sign-in at the maker began',
    denied: 'The sign-in ended with a “no”',
    failed: 'The sign-in did not work',
    'timed out': 'The sign-in took longer than 15 minutes',
    connected: 'Connection confirmed',
    reading: 'Reading of the first data began',
    'read back': 'The first data is read',
    expired: 'Invitation ended',
    superseded: 'A newer invitation replaced this one',
    withdrawn: 'The study team took the invitation back',
    lapsed: 'Waiting for a connection ended',
  },
  usable: (count: string) => `Can be connected: ${count}`,
  readBack: (percent: string) => `Read back so far: ${percent} %`,
  details: {
    redeemed: 'The link is used up now.',
    declined: 'Nothing is read. The answers can be changed at any time.',
    'account ready': 'Under an opaque number, not your name.',
    lapsed: 'A fresh link goes on from here.',
  },
};
