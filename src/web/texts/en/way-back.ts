/** Back into the pages: by a fresh link, where a patient stopped. */
export const wayBack = {
  welcome: 'Welcome back',
  welcomeLead: 'Go on where you stopped. This link works once; opening this page has not used it.',
  goOn: 'Go on',
  freshInvitation: 'Send me a fresh invitation',
  freshLink: 'Send me a fresh link',
  byMail: 'We send it to the e-mail address that the study team has for you, usually within a minute.',
  yourAddress: 'Your e-mail address',
  addressHelp: 'The one that the study team has for you.',
  asked: 'Look into your mailbox',
  askedLead:
    'If we know this address and there is something to open, a fresh link is on its way. It usually takes a minute.',
  askedAgain: 'Nothing came? Look into the folder for unwanted mail, and ask once more in an hour.',
};
