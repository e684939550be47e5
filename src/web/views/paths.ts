/** Where the pages live and where their forms go: shared by the views and the handlers. */
export const patientPaths = {
  start: '/ow/',
  redeem: '/ow/redeem',
  preparing: '/ow/preparing',
  consents: '/ow/consents',
  devices: '/ow/devices',
  connect: '/ow/connect',
  complete: '/ow/complete',
  manage: '/ow/manage',
  saveConsents: '/ow/manage/consents',
  disconnect: '/ow/manage/disconnect',
  signOut: '/ow/sign-out',
} as const;

export const adminPaths = {
  home: '/admin/',
  signIn: '/admin/sign-in',
  signOut: '/admin/sign-out',
  patients: '/admin/patients',
  studies: '/admin/studies',
  invitations: '/admin/invitations',
  health: '/admin/health',
  steerSchedule: '/admin/health/schedule',
  reconcile: '/admin/health/reconcile',
  backfill: '/admin/health/backfill',
  steerBackfill: '/admin/health/backfill/steer',
  attention: '/admin/attention',
  deadLetters: '/admin/dead-letters',
  retryLetters: '/admin/dead-letters/retry',
  discardLetters: '/admin/dead-letters/discard',
  settings: '/admin/settings',
  module: '/admin/module',
} as const;
