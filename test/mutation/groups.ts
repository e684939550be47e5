/** Code that decides, and the unit tests that have to notice when it decides otherwise. */
export interface Group {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/** The decisions of `npm run mutation`. Small groups: what is decided at import runs all tests of its group. */
export const groups: Readonly<Record<string, Group>> = {
  consent: {
    mutate: ['src/consent.ts', 'src/raw-payloads/recorded-at.ts'],
    tests: ['test/consent.test.ts', 'test/raw-payloads/recorded-at.test.ts'],
  },
  'sign-in': {
    mutate: ['src/auth/*.ts', '!src/auth/policies.ts', '!src/auth/password*.ts', '!src/auth/reader.ts'],
    tests: ['test/auth/{declared-policies,id-token,invitation-code,tokens}.test.ts'],
  },
  passwords: {
    mutate: ['src/auth/password-rules.ts', 'src/auth/passwords.ts'],
    tests: ['test/auth/passwords.test.ts'],
  },
  roles: {
    mutate: ['src/auth/policies.ts', 'src/auth/reader.ts'],
    tests: ['test/auth/policies.test.ts', 'test/auth/reader.test.ts'],
  },
  requests: {
    mutate: [
      'src/web/same-origin.ts',
      'src/web/patient/own-return.ts',
      'src/api/{return-address,webhook-signature}.ts',
      'src/open-wearables/sign-in-address.ts',
    ],
    tests: [
      'test/web/{redirect-tricks,same-origin}.test.ts',
      'test/open-wearables/sign-in-address.test.ts',
      'test/api/webhook-signature.test.ts',
    ],
  },
  networks: {
    mutate: ['src/{client-address,egress,host-entries,networks,special-networks}.ts'],
    tests: ['test/{client-address,egress}.test.ts'],
  },
  secrets: { mutate: ['src/secret-box.ts'], tests: ['test/secret-box.test.ts'] },
  cursors: {
    mutate: [
      'src/activities/{closed-dates,page-coverage,read-plan,reading,session-window}.ts',
      'src/workflows/{backfill-plan,windows}.ts',
    ],
    tests: [
      'test/activities/{page,reading,session-window}.test.ts',
      'test/workflows/{backfill-plan,windows}.test.ts',
    ],
  },
  identity: {
    mutate: [
      'src/omh/{identity,origin,time-frame}.ts',
      'src/raw-payloads/identify.ts',
      'src/db/observation-rows.ts',
    ],
    tests: [
      'test/omh/{identity,origin,time-frame}.test.ts',
      'test/raw-payloads/objects.test.ts',
      'test/db/observation-rows.test.ts',
    ],
  },
};
