import type { Child } from 'hono/jsx';

/** Which device the patient wears. */
export const picker = {
  title: 'Choose your device',
  question: 'Which device do you wear?',
  lead: 'Pick one. You then sign in on its maker’s page and come back here. You can add another one afterwards.',
  none: 'None of the devices can be connected at the moment.',
  list: 'Devices you can connect',
  off: 'Not possible at the moment',
  notNow: 'Not now',
  cannotBeConnected: 'This device cannot be connected.',
  reasons: {
    'needs-app': 'Needs an app on your phone. This page cannot do it.',
    'measures-nothing-agreed': 'Measures nothing that you agreed to share.',
    'does-not-answer': 'Does not answer right now. Try again in a few minutes.',
    'already-connected': 'Already connected.',
  },
  theOne: 'The kind you agreed to',
  all: (count: string) => `All ${count} kinds you agreed to`,
  some: (measured: string, agreed: string, missing: string) => `${measured} of ${agreed}: no ${missing}`,
};

/** Between our page and the maker's. */
export const leaving = {
  title: (device: string) => `To ${device}`,
  taking: (device: string) => `Taking you to ${device}`,
  comeBack: 'Sign in there and allow access. You come back here by yourself.',
  goOn: (device: string) => `Go on to ${device}`,
};

/** Attempts that did not end in a connection. */
export const attempt = {
  answersKept: 'Your answers are saved. You do not have to give them again.',
  nothingRead: (device: string) => `Nothing was read from ${device}.`,
  nothingConnected: 'Nothing was connected here.',
  notConnected: (device: string) => `${device} is not connected`,
  denied: (device: string) =>
    `You chose not to allow access on ${device}’s page, or the page was closed before the end. That is all right.`,
  tryDevice: (device: string) => `Try ${device} again`,
  tookTooLong: 'That took longer than 15 minutes, so we stopped waiting. Nothing is lost.',
  tryAgain: 'Try again',
  couldNotConnect: (device: string) => `${device} could not be connected`,
  notConfirmed: (device: string) =>
    `You signed in, but ${device} did not confirm the connection. This is not your doing.`,
  notTheMaker: (device: string) =>
    `We were given a sign-in page that we do not know as ${device}’s own, so we do not send you there. This is not your doing. Whoever runs this service can see it and mend it.`,
  anotherDevice: 'Choose another device',
  stopForNow: 'Stop for now',
  otherBrowser: 'You came back in another browser',
  beganElsewhere:
    'You began somewhere else, for example inside your mail app. To keep your account safe, only the browser that began can finish.',
  goBack: 'Go back to the first browser and press “Try again” there.',
};

/** The makers cannot be reached. */
export const down = {
  title: 'We cannot reach the device makers right now',
  lead: 'This is on our side, not yours. It usually passes within minutes.',
  saved: 'Your answers are saved. You may close this page.',
  byOurselves: 'We try again by ourselves.',
  byOurselvesAt: (clock: string) => `We try again by ourselves. Next time at ${clock}.`,
  tryNow: 'Try now',
};

/** After the sign-in at the maker. */
export const complete = {
  titleWaiting: 'Waiting for the connection',
  titleConnected: 'Connected',
  waiting: (device: string) => `Waiting for ${device}`,
  notConfirmedYet: (device: string) =>
    `${device} has not confirmed the connection yet. Usually it takes a few seconds.`,
  looksByItself: 'This page looks again by itself.',
  mayClose: 'You may close this page. We go on without it, and your answers are saved.',
  lookAgain: 'Look again',
  signInAgain: (device: string) => `Sign in to ${device} again`,
  connected: 'Successfully Connected',
  confirmed: (device: string, clock: Child): Child => [
    `${device} confirmed it at `,
    clock,
    '. You can close this page at any time.',
  ],
  next: 'What happens next',
  everyQuarter: 'We look for new data every 15 minutes. There is nothing to do here.',
  openTheApp: (device: string) =>
    `Open the ${device} app once a day, so that the device hands over what it has.`,
  seeWhatIShare: 'See what I share',
  another: 'Connect another device',
};

/** The first data. */
export const arriving = {
  onItsWay: 'Your data is on its way',
  arriving: 'Your data is arriving',
  arrived: 'Your data has arrived',
  arrivedSome: 'Some data has arrived',
  nothingYet: 'No data yet',
  reading: 'Reading',
  read: 'Read',
  resting: 'Resting',
  nothingYetWord: 'Nothing yet',
  usually: 'Connected. The first data usually arrives within 10 minutes.',
  readingFrom: (device: string) => `reading from ${device} so far`,
  readingsFrom: (device: string) => `readings from ${device} so far`,
  readingBackDay: 'Reading back 1 day',
  readingBackDays: (days: string) => `Reading back ${days} days`,
  dayOf: (percent: string) => `1 day, ${percent} %`,
  daysOf: (days: string, percent: string) => `${days} days, ${percent} %`,
  percent: (percent: string) => `${percent} %`,
  backwards: 'From today backwards.',
  backwardsAt: (day: string) => `From today backwards, now at ${day}.`,
  aMinuteLeft: 'About a minute left.',
  minutesLeft: (minutes: string) => `About ${minutes} minutes left.`,
  allRead: 'All these days have been read. What comes next is read as it arrives.',
  rests: 'Reading back rests at the moment. Nothing is lost: we go on with it, and you need not do anything.',
  nothingFound: (device: string, days: string) =>
    `We looked at the last ${days} days, and ${device} has nothing yet of what you share. That is normal for a new device: wear it, then open the ${device} app. We look again every 15 minutes.`,
};

/** The chart that grows while the first data is read. */
export const chart = {
  heartRate: 'Heart rate',
  heartRateUnit: 'beats per minute, daily average with lowest and highest',
  readings: 'Readings',
  readingsUnit: 'how many of each day',
  title: (what: string, days: string) => `${what}, last ${days} days, as far as they have been read`,
  heartRateBetween: (low: string, high: string) =>
    `The daily average lies between ${low} and ${high} beats per minute.`,
  readingsUpTo: (most: string) => `A day has up to ${most} readings.`,
  nothingYet: 'Nothing has arrived yet.',
  earlierLater: 'Earlier days are still being read.',
  gap: 'One day has no data.',
  gaps: (days: string) => `${days} days have no data.`,
  stillBeingRead: 'Still being read',
  today: 'Today',
  asTable: 'Show the figures',
  day: 'Day',
  average: 'Average',
  lowest: 'Lowest',
  highest: 'Highest',
};
