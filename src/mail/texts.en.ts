import type { LetterTexts } from './texts.js';

export const english: LetterTexts = {
  greeting: (name) => (name === '' ? 'Hello,' : `Hello ${name},`),
  closing: [
    'The link is yours alone: please do not pass it on. You did not expect this letter? Then do nothing, and tell your study team.',
  ],
  invitation: ({ invitedBy, organization, link, until }) => ({
    subject: `${organization} invites you`,
    paragraphs: [
      `${invitedBy} of ${organization} invites you to share data of your wearable with a study. The page tells which study it is and what it asks for, before you decide anything.`,
      link,
      `The link works once, until ${until}. It takes about five minutes.`,
    ],
  }),
  'invitation reminder': ({ invitedBy, organization, link, until }) => ({
    subject: `Your invitation from ${organization} is still open`,
    paragraphs: [
      `${invitedBy} of ${organization} invited you to share data of your wearable with a study. The invitation is still open, until ${until}.`,
      link,
      'You do not want to take part? Then there is nothing to do.',
    ],
  }),
  'connect reminder': ({ organization, link, until }) => ({
    subject: `One step is left with ${organization}`,
    paragraphs: [
      'You began, and your wearable is not connected yet. Your answers are saved: go on where you stopped.',
      link,
      `The link works once, until ${until}. You changed your mind? Then there is nothing to do.`,
    ],
  }),
  erasure: ({ organization, reference, askedAt }) => ({
    subject: `${organization} erases your data`,
    paragraphs: [
      `On ${askedAt} somebody who was signed in as you asked us to erase everything that we hold about you. That has begun, and it cannot be stopped or undone.`,
      `Reference: ${reference}`,
      'Keep this letter: your name and address are deleted, so the reference is all that finds this erasure. It is the last letter that you get from us.',
      'You did not ask for this? Tell your study team at once.',
    ],
  }),
  'fresh link': ({ organization, link, until }) => ({
    subject: `Your link to ${organization}`,
    paragraphs: ['Here is the fresh link that you asked for.', link, `It works once, until ${until}.`],
  }),
};
