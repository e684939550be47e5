/** Taking data along, leaving a study, deleting the copy at Open Wearables. */
export const wayOut = {
  download: 'Download my data',
  everything: (readings: string) =>
    `Everything we hold about you: ${readings} readings, your answers and their history.`,
  asTable: 'Table, CSV',
  asLines: 'JSON lines, with your answers',
  leaving: 'Leave the study',
  leavingHint:
    'Reading stops at once, and devices that no other study needs are disconnected. You are asked once more on the next page.',
  leave: (study: string) => `Leave ${study}…`,
  leaveQuestion: (study: string) => `Leave ${study}?`,
  withoutReason: 'You can leave without giving a reason. Your care is not affected.',
  stopsReading: (kinds: string) => `We stop reading ${kinds} for this study now.`,
  stopsAsking: 'We stop asking for data for this study now.',
  disconnects: (devices: string) => `Disconnected: ${devices}. No other study needs it.`,
  stays: (devices: string) => `Stays connected: ${devices}. Another study still uses it.`,
  whatOfData: 'What should happen to your data?',
  keep: 'Keep it',
  keepHelp: 'What the study has stays, and nothing is added.',
  purge: 'Keep it here, delete the copy at Open Wearables',
  purgeHelp:
    'Open Wearables is the service between your device’s maker and us. It deletes its copy of devices that no other study needs.',
  chooseOne: 'Choose what should happen to your data.',
  leaveNow: 'Leave the study',
  stay: 'Stay',
  left: 'You have left the study. Reading has ended.',
  deleteCopy: 'Delete the copy at Open Wearables…',
  deleteQuestion: (device: string) => `Delete what Open Wearables keeps of ${device}?`,
  deleteLead:
    'Open Wearables is the service between your device’s maker and us. Deleting cannot be taken back.',
  deleteEnds: (device: string) => `${device} is disconnected, and we read nothing more from it.`,
  deleteKeeps: 'What the studies have already stays with them.',
  deleteNow: 'Delete the copy',
  deleting: 'The copy at Open Wearables is being deleted.',
};
