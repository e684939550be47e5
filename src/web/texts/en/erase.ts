/** Having everything erased: what goes, what stays, and the receipt. */
export const erase = {
  erase: 'Erase my data',
  hint: 'Everything that is held about you is deleted for good, here and at Open Wearables. The next page tells first what follows.',
  rather: 'Would you like everything about you to be deleted, here too?',
  open: 'Erase my data…',
  question: 'Erase everything about you?',
  cannotBeUndone:
    'This cannot be undone: nobody can bring it back. You need not give a reason, and your care is not affected.',
  goes: 'What is erased',
  goesPerson: 'Your name, how to reach you, your date of birth, and your way into this page.',
  goesReadings: (readings: string) => `Your readings, ${readings} of them, and their earlier versions.`,
  goesDevices: 'Your connections. Every device is disconnected, and we read nothing more.',
  goesThere:
    'What Open Wearables keeps, the service between your device’s maker and us: as far as it lets us. Your receipt tells how far that went.',
  studies: 'What it means for studies',
  leaves: (studies: string) =>
    `You leave ${studies}. The study team sees nothing of you any more. Results that were worked out before stay.`,
  leavesNone: 'No study asks you for data at the moment.',
  stays: 'What remains',
  staysAnswers:
    'Your answers to studies, under a number and without your name: proof of what you agreed to, and that it has ended.',
  staysTrail:
    'The record of who looked at or changed your data, under the same number, and that you had it erased.',
  staysMaker: 'What your device’s maker has. Your account there stays yours: delete it there.',
  staysCopies:
    'What study teams took out before, and safety copies from before. Ask the study team about those.',
  takeAlong: 'Would you like a copy first? Download it on',
  yourPage: 'your page',
  understood: 'I understand that everything about me is deleted for good.',
  tick: 'Tick the box to say that you understand.',
  keep: 'Keep my data',
  erasing: 'Your data is being erased',
  erasingLead:
    'You are signed out. This goes on by itself and usually takes a minute. While Open Wearables is away, it goes on until it is back.',
  reference: 'Reference',
  askedFor: 'Asked for',
  finished: 'Finished',
  at: (day: string, clock: string) => `${day} at ${clock} UTC`,
  stopped: 'Reading ends, and old links open nothing any more',
  removing: (entries: string) => `What is held here is deleted: ${entries} entries so far`,
  there: 'Open Wearables deletes what it keeps',
  checked: 'We make sure that nothing is left',
  writeDown:
    'Write the reference down: your name is gone, so nothing else finds this. This browser shows the receipt for 30 days, and you may close the page.',
  erased: 'Your data is erased',
  erasedLead: (entries: string) => `All ${entries} entries that were held about you are deleted.`,
  ends: {
    deleted: 'Open Wearables deleted what it kept, and your account there.',
    emptied: 'Open Wearables deleted what it kept. An empty account without your name is left there.',
    remains:
      'Open Wearables could not delete all that it keeps. Ask the study team to have it deleted, and say the reference.',
    'no account': 'Open Wearables kept nothing about you.',
  },
  files:
    'Files in the storage of Open Wearables are left. Ask the study team to have them deleted, and say the reference.',
  noReceipt: 'No receipt is here',
  noReceiptLead:
    'A receipt is shown in the browser that had the data erased, for 30 days. Afterwards the study team finds it by its reference.',
};
