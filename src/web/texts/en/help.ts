/** What is kept, who sees it, how to stop, and whom to ask: for everybody, signed in or not. */
export const help = {
  title: 'Your data, your rights, and help',
  lead: 'What happens to your data, and how you stay in charge of it.',
  privacy: 'Privacy',
  rights: 'Your rights',
  help: 'Help',
  kept: 'What is kept',
  keptReadings:
    'Readings of the kinds that you agreed to share, with their times and the device they came from.',
  keptAnswers:
    'Each of your answers, when you gave it, and which text you read. Earlier answers stay in the record.',
  keptPerson: 'Your name and how to reach you, as the study team wrote them down.',
  seen: 'Who sees it',
  seenTeam: 'The team of a study sees the readings that you share with that study.',
  seenService: 'The people who run this service can open your page to help you.',
  seenBetween:
    'Open Wearables, the service between your device’s maker and us, has a copy of its own. It knows you by a number, not by your name.',
  notSeen: 'The password you use at your device’s maker never reaches us.',
  stop: 'Stop',
  stopHow:
    'Stop sharing one kind of data, disconnect a device, or leave a study: on your page, at any time, without a reason. Your care is not affected.',
  stopMeans: 'Reading stops at once. What a study has by then stays with it.',
  download: 'Take your data along',
  downloadHow: 'Download everything we hold about you on your page, as a table or as JSON lines.',
  remove: 'Delete',
  removeHow:
    'Once a device is disconnected, your page offers to delete the copy that Open Wearables keeps of it.',
  removeAll:
    '“Erase my data” on your page deletes everything about you for good, here and at Open Wearables.',
  toYourPage: 'Go to your page',
  ask: 'Whom to ask',
  askTeam: 'Ask the study team that invited you.',
  lostLink: 'You lost your link, or it does not work any more?',
  logHelps:
    'When something does not work, “Copy for support” below the integration log takes the steps along. It holds no password and none of your measurements.',
};
