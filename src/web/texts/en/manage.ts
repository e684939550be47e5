/** The patient's own page. */
export const manage = {
  title: 'Your sharing',
  lead: 'What you share, with whom, and whether it arrives.',
  oneNeedsYou: 'One thing needs you',
  severalNeedYou: (count: string) => `${count} things need you`,
  asksToSignIn: (device: string) =>
    `${device} asks you to sign in again. It takes a minute. Nothing is lost: we read what was missed.`,
  askToSignIn: (devices: string) =>
    `${devices} ask you to sign in again. It takes a minute. Nothing is lost: we read what was missed.`,
  noStudy: 'No study asks you for data at the moment.',
  answersSaved: 'Your answers are saved.',
  disconnecting: 'The device is being disconnected. Reading has ended.',
};

/** The patient's devices, and what their states mean. */
export const devices = {
  title: 'Devices',
  strips: (days: string) => `Strips show the last ${days} days`,
  daysWithData: (device: string, came: string, days: string) =>
    `${device}, last ${days} days: data on ${came} of them`,
  none: 'No device is connected. Connect one, so that the data you share can arrive.',
  connect: 'Connect a device',
  another: 'Connect another device',
  reconnect: 'Reconnect',
  connectAgain: 'Connect again',
  disconnect: 'Disconnect',
  states: {
    connected: 'Connected',
    reading: 'Reading',
    silent: (hours: string) => `No data for ${hours} hours`,
    'needs-reconnecting': 'Needs reconnecting',
    'could-not-read': (device: string) => `${device} has an outage`,
    'not-read-by-us': 'Not read at the moment',
    disconnected: 'Disconnected',
    disconnecting: 'Being disconnected',
    deleting: 'Being deleted',
    deleted: 'Disconnected, copy deleted',
    'not-deleted': 'Disconnected, copy not deleted',
  },
  meanings: {
    noDataYet: 'The first data usually arrives within 10 minutes.',
    lastData: (day: string, clock: string) => `Last data on ${day} at ${clock}.`,
    reading: (device: string, percent: string) =>
      `Reading back what ${device} has kept, ${percent} % so far. There is nothing to do.`,
    silent: (device: string) =>
      `The connection is fine, but ${device} has nothing new. Wear it, then open the ${device} app to let it catch up.`,
    needsReconnecting: (device: string) =>
      `${device} asks you to sign in again. It takes a minute. Nothing is lost: we read what was missed.`,
    couldNotRead: (day: string, clock: string) =>
      `Since ${clock} on ${day}. You need not do anything: we read what was missed when it is back.`,
    notReadByUs: (day: string, clock: string) =>
      `Since ${clock} on ${day}, for a reason on our side. You need not do anything: we read what was missed.`,
    disconnecting: (device: string, clock: string) =>
      `We read nothing more. ${device} is being told since ${clock}; this goes on by itself until it is done.`,
    deleting: (clock: string) =>
      `The copy at Open Wearables is being deleted since ${clock}; this goes on by itself until it is done.`,
    deleted: (day: string) => `The copy at Open Wearables was deleted on ${day}. We read nothing since.`,
    notDeleted:
      'We read nothing. Open Wearables could not delete its copy by itself: please ask the study team to have it deleted.',
    nothingRead: 'We read nothing from it.',
    disconnected: (day: string) => `Disconnected on ${day}. We read nothing since.`,
  },
};

/** Every answer, to change and save. */
export const sharing = {
  with: 'What you share with',
  legend: (kind: string, study: string) => `${kind}, with ${study}`,
  share: 'Share',
  stop: 'Stop',
  doNotShare: 'Do not share',
  ownText: 'What this study tells you',
  whenYouStop:
    'When you stop a kind of data, reading ends at once. What came before stays with the study, unless you ask for it to be deleted. A device that nothing you share needs any more is disconnected.',
  save: 'Save my answers',
};

/** Every answer so far. */
export const history = {
  title: 'Your answers so far',
  kind: 'Kind of data',
  answer: 'Your answer',
  study: 'Study',
  at: 'Given on',
};

/** Pages that say one thing. */
export const plain = {
  signedOut: 'You are signed out',
  signedOutLead: 'What you share goes on as you left it. Nobody can see your page in this browser now.',
  toComeBack: (who: string) => `To come back, ask ${who} for a fresh link.`,
  notTakingPart: 'You are not taking part',
  notTakingPartLead: 'We saved that you said no. You need not give a reason, and your care is not affected.',
  nothingIsRead: 'Nothing is read from any device for what you did not agree to.',
  changeAnswers: 'See or change my answers',
  tooMany: 'Please wait a little',
  tooManyLead: 'This was tried too often from here. Nothing is lost. Try again in about an hour.',
  notFound: 'There is no page here',
  notFoundLead: 'The address is not complete, or the page has moved. Nothing has changed.',
  openTheLink: 'Open the link in your invitation again, or go back one page.',
  failed: 'This page could not be shown',
  failedLead: 'This is on our side, not yours. What you saved before is kept.',
  goBack: 'Go back one page and try again in a few minutes.',
};
