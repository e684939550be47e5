import type { Child } from 'hono/jsx';

/** What the patient would like to share. A changed wording gets a new version. */
export const consents = {
  version: '2026-11',
  title: 'What you share',
  beside: 'Help and progress',
  question: 'What would you like to share?',
  lead: 'Tick what you agree to and leave the rest empty. You can take part with less, and change each answer later.',
  tickOne: 'Tick at least one line, or choose “I do not want to take part”.',
  studyOf: (number: string, count: string) => `Study ${number} of ${count}`,
  runsUntil: (day: Child): Child => ['Runs until ', day, '.'],
  ownText: (version: string) => `Text of this study, version ${version}.`,
  iAgree: 'I agree to share with this study:',
  iAgreeTo: 'I agree to share: ',
  from: 'From',
  fromToday: 'The day you agree',
  whoSees: 'Who sees it',
  teamOf: (organization: string) => `The team of ${organization}`,
  howToStop: 'How to stop',
  onYourPage: 'On your page, any time. Reading ends at once.',
  youCanChange: 'You can change your answer on your page.',
  kept: (version: string) =>
    `What we have read before you stop stays with the study, unless you ask for it to be deleted. We keep the date and the version of this text with your answers: version ${version}.`,
  save: 'Save my answers and go on',
  decline: 'I do not want to take part',
  notSure: 'Not sure?',
  ask: (who: string) => `Ask ${who} before you answer. Your place is kept.`,
};

/** How an answer stands, and what it means for the data. */
export const answers = {
  open: 'Not answered',
  agreed: 'Shared',
  declined: 'Not shared',
  stopped: 'Stopped',
  openMeans: 'Nothing is read until you agree.',
  agreedMeans: (day: string) => `Since ${day}.`,
  declinedMeans: (day: string) => `You said no on ${day}. Nothing is read.`,
  stoppedMeans: (day: string) => `You stopped on ${day}. What came before stays with the study.`,
};
