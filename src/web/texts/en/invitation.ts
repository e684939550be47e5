import type { Child } from 'hono/jsx';

/** A name may say itself that it is a study, or bring its own article. */
function withArticle(name: string): string {
  if (/^(the|a|an)\s/i.test(name)) return name;
  return /\b(study|trial|project|program(me)?)\b/i.test(name) ? `the ${name}` : `the study “${name}”`;
}

/** The first page of an invitation. */
export const launch = {
  title: 'Your invitation',
  from: (organization: string) => `A personal invitation from ${organization}`,
  invites: (inviter: string, where: string) => `${inviter} invites you to ${where}`,
  study: withArticle,
  studies: (count: string) => `${count} studies`,
  wish: (kinds: string) =>
    `The study would like to read ${kinds} from a wearable you already own. You choose what to share, and you can stop at any time.`,
  wishOfSeveral: (kinds: string) =>
    `The studies would like to read ${kinds} from a wearable you already own. You choose what to share, and you can stop at any time.`,
  anyData: 'data',
  fourSteps: 'What happens in four steps',
  stepTexts: [
    'Say yes or no to each kind of data. Nothing is ticked for you.',
    'Pick the wearable that you already wear.',
    'On the device maker’s own page. We never see that password.',
    'You see your first data arrive. After that there is nothing to do.',
  ],
  minutes: 'Takes about 5 minutes.',
  atHand: 'Have the sign-in of your wearable’s app at hand.',
  begin: 'Begin',
  once: (until: Child): Child => [
    'This invitation is for one person and works once, until ',
    until,
    '. Opening this page has not used it.',
  ],
  notForYou: 'Not meant for you?',
  closeThisPage: 'Close this page. Nothing has happened, and nothing was saved.',
};

/** While everything gets ready. */
export const preparing = {
  title: 'Preparing your pages',
  usually: 'Usually a few seconds.',
  byItself: 'This page moves on by itself.',
  mayClose: 'You may close this page. Your place is kept.',
  invitation: 'Your invitation',
  placeForData: 'A place for your data',
  studies: 'Your studies',
};

/** Links that open nothing. */
export const invitation = {
  ended: 'This invitation has ended',
  endedAt: (day: string) => `It could be used until ${day}. Invitations end after a while to keep you safe.`,
  askForFresh: (who: string) => `Ask ${who} for a fresh one. Nothing that you answered before is lost.`,
  unusable: 'This link does not work any more',
  worksOnce: 'An invitation works once. This one was already used, or the link is not complete.',
  goOnHere: 'Go on in this browser',
  wasItYou: 'Did you use it yourself?',
  goOnThere: (who: string) => `Go on in the browser that you used then, or ask ${who} for a fresh link.`,
  openAgain: 'Open the link in your message once more',
  stillWorks: 'It still works. This browser has forgotten it since, or was asked to forget.',
  keepsNothing:
    'If you come back to this page each time, your browser refuses cookies. Allow them for this site, or use another browser.',
  notYou: 'It was not you?',
  tell: (who: string, way: Child): Child => [`Please tell ${who} now`, way, '.'],
};
