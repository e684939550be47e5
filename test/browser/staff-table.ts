import { CLINIC } from '../helpers/clinic.js';

/** Who looks at a page: the roles of one organization, an operator, and a manager of another one. */
export const roles = ['operator', 'manager', 'member', 'viewer', 'stranger'] as const;
export type Role = (typeof roles)[number];

/** What a page needs to be there: ids of the world of the test. */
export interface Places {
  readonly patient: number;
  readonly observation: number;
  readonly invitation: number;
  readonly letter: number;
  readonly erasure: number;
  /** Each has a token of their own; of a stranger's page it is the stranger's. */
  readonly tokenOf: Readonly<Record<Role, number>>;
}

export interface PageRow {
  readonly at: (places: Places, role: Role) => string;
  /** Who sees it; the others are refused, and see nothing of it. */
  readonly seenBy: readonly Role[];
  /** What may be done there: where forms go, and where links to such pages go, by who may. */
  readonly may?: Readonly<Partial<Record<string, readonly Role[]>>>;
}

const everybody = roles;
const own = ['operator', 'manager', 'member', 'viewer'] as const;
const members = ['operator', 'manager', 'member'] as const;
const makers = ['operator', 'manager', 'member', 'stranger'] as const;
const ownManagers = ['operator', 'manager'] as const;
const operators = ['operator'] as const;
/** A stranger manages another organization, and sees what concerns that one. */
const managers = ['operator', 'manager', 'stranger'] as const;
const ofPatient =
  (rest = '') =>
  ({ patient }: Places) =>
    `/admin/patients/${patient}${rest}`;
const study = `/admin/studies/${CLINIC.studyId}`;

/** Every page of the staff, and who sees and may do what: the table of roles, of the reference, as pages. */
export const table: Readonly<Record<string, PageRow>> = {
  '/admin/patients': {
    at: () => '/admin/patients',
    seenBy: everybody,
    may: { '/admin/patients/search': everybody, '/admin/patients/new': makers },
  },
  '/admin/patients/new': {
    at: () => '/admin/patients/new',
    seenBy: makers,
    may: { '/admin/patients': makers },
  },
  '/admin/patients/:id': {
    at: ofPatient(),
    seenBy: own,
    may: {
      '/admin/invitations': members,
      '/admin/patients/:id/enrol': members,
      '/admin/patients/:id/erase': ownManagers,
    },
  },
  '/admin/patients/:id/erase': {
    at: ofPatient('/erase'),
    seenBy: ownManagers,
    may: { '/admin/patients/:id/erase': ownManagers },
  },
  '/admin/erasures': { at: () => '/admin/erasures', seenBy: managers },
  '/admin/erasures/:id': { at: ({ erasure }) => `/admin/erasures/${erasure}`, seenBy: ownManagers },
  '/admin/patients/:id/observations': { at: ofPatient('/observations'), seenBy: own },
  '/admin/patients/:id/observations/:observation': {
    at: ({ patient, observation }) => `/admin/patients/${patient}/observations/${observation}`,
    seenBy: own,
  },
  '/admin/patients/:id/days': { at: ofPatient('/days'), seenBy: own },
  '/admin/patients/:id/consents': { at: ofPatient('/consents'), seenBy: own },
  '/admin/patients/:id/figures': { at: ofPatient('/figures?type=heart_rate'), seenBy: own },
  '/admin/patients/:id/points': { at: ofPatient('/points?type=heart_rate'), seenBy: own },
  '/admin/invitations': { at: () => '/admin/invitations', seenBy: everybody },
  '/admin/invitations/:id': {
    at: ({ invitation }) => `/admin/invitations/${invitation}`,
    seenBy: own,
    may: { '/admin/invitations/:id/cancel': members, '/admin/invitations': members },
  },
  '/admin/studies': { at: () => '/admin/studies', seenBy: everybody, may: { '/admin/studies/new': makers } },
  '/admin/studies/new': { at: () => '/admin/studies/new', seenBy: makers, may: { '/admin/studies': makers } },
  '/admin/studies/:id': {
    at: () => study,
    seenBy: own,
    may: {
      '/admin/studies/:id': members,
      '/admin/studies/:id/scopes': members,
      '/admin/studies/:id/sources': members,
      '/admin/studies/:id/clients': members,
      '/admin/studies/:id/consent-text': members,
      '/admin/studies/:id/new-client': operators,
    },
  },
  '/admin/tokens': {
    at: () => '/admin/tokens',
    seenBy: everybody,
    may: { '/admin/tokens': everybody, '/admin/tokens/:id/revoke': everybody },
  },
  '/admin/tokens/:id/revoke': {
    at: ({ tokenOf }, role) => `/admin/tokens/${tokenOf[role]}/revoke`,
    seenBy: everybody,
    may: { '/admin/tokens/:id/revoke': everybody },
  },
  '/admin/account': {
    at: () => '/admin/account',
    seenBy: everybody,
    may: { '/admin/account/password': everybody, '/admin/account/sign-out-everywhere': everybody },
  },
  '/admin/audit': { at: () => '/admin/audit', seenBy: managers, may: { '/admin/audit': managers } },
  '/admin/attention': { at: () => '/admin/attention', seenBy: everybody },
  '/admin/health': {
    at: () => '/admin/health',
    seenBy: operators,
    may: { '/admin/health/schedule': operators, '/admin/health/reconcile': operators },
  },
  '/admin/health/backfill': {
    at: () => '/admin/health/backfill',
    seenBy: operators,
    may: { '/admin/health/backfill': operators },
  },
  '/admin/dead-letters': {
    at: () => '/admin/dead-letters',
    seenBy: operators,
    may: {
      '/admin/dead-letters': operators,
      '/admin/dead-letters/retry': operators,
      '/admin/dead-letters/discard': operators,
    },
  },
  '/admin/dead-letters/discard': {
    at: ({ letter }) => `/admin/dead-letters/discard?id=${letter}`,
    seenBy: operators,
    may: { '/admin/dead-letters/discard': operators },
  },
  '/admin/dead-letters/:id': {
    at: ({ letter }) => `/admin/dead-letters/${letter}`,
    seenBy: operators,
    may: {
      '/admin/dead-letters/:id/original': operators,
      '/admin/dead-letters/retry': operators,
      '/admin/dead-letters/discard': operators,
    },
  },
  '/admin/settings': {
    at: () => '/admin/settings',
    seenBy: operators,
    may: { '/admin/settings': operators },
  },
};
