import { Icon, type IconName } from '../../components/icon.js';
import { adminPaths } from '../paths.js';

/** An entry of the side bar. */
export type StaffPlace =
  | 'home'
  | 'patients'
  | 'attention'
  | 'studies'
  | 'invitations'
  | 'audit'
  | 'health'
  | 'dead-letters'
  | 'settings'
  | 'tokens'
  | 'account';

interface NavigationProps {
  readonly here: StaffPlace;
  /** Operators see how the machine runs; study teams do not. */
  readonly isOperator: boolean;
  /** Managers and operators see who read what. */
  readonly readsAudit: boolean;
  readonly temporalUrl: string;
  readonly apiDocsUrl: string;
}

interface Entry {
  readonly place?: StaffPlace;
  readonly href: string;
  readonly icon: IconName;
  readonly text: string;
}

const people: readonly Entry[] = [
  { place: 'patients', href: adminPaths.patients, icon: 'people', text: 'Patients' },
  { place: 'attention', href: adminPaths.attention, icon: 'exclamation-triangle', text: 'Need attention' },
  { place: 'studies', href: adminPaths.studies, icon: 'journal-medical', text: 'Studies' },
  { place: 'invitations', href: adminPaths.invitations, icon: 'envelope', text: 'Invitations' },
];

const audit: Entry = { place: 'audit', href: adminPaths.audit, icon: 'shield-check', text: 'Audit trail' };

const operations: readonly Entry[] = [
  { place: 'health', href: adminPaths.health, icon: 'activity', text: 'Sync health' },
  { place: 'dead-letters', href: adminPaths.deadLetters, icon: 'inbox', text: 'Dead letters' },
  { place: 'settings', href: adminPaths.settings, icon: 'gear', text: 'Settings' },
];

/** The places of the staff pages, the current one marked. */
export function StaffNavigation({ here, isOperator, readsAudit, temporalUrl, apiDocsUrl }: NavigationProps) {
  const elsewhere: readonly Entry[] = [
    ...(isOperator ? [{ href: temporalUrl, icon: 'box-arrow-up-right', text: 'Temporal' } as const] : []),
    { href: apiDocsUrl, icon: 'terminal', text: 'API' },
    { place: 'tokens', href: adminPaths.tokens, icon: 'shield-lock', text: 'Access tokens' },
    { place: 'account', href: adminPaths.account, icon: 'person-check', text: 'Your account' },
  ];
  return (
    <>
      <h2>Studies and people</h2>
      <Entries entries={readsAudit ? [...people, audit] : people} here={here} />
      {isOperator ? (
        <>
          <h2>Operations</h2>
          <Entries entries={operations} here={here} />
        </>
      ) : null}
      <h2>Elsewhere</h2>
      <Entries entries={elsewhere} here={here} />
    </>
  );
}

function Entries({ entries, here }: { readonly entries: readonly Entry[]; readonly here: StaffPlace }) {
  return (
    <ul>
      {entries.map(({ place, href, icon, text }) => (
        <li>
          <a href={href} aria-current={place === here ? 'page' : undefined}>
            <Icon name={icon} />
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}
