import type { AuditLine } from '../../../../db/audit-search.js';
import type { StateWords } from '../../../components/connection-state.js';

/** Who acted, in words; a name only where the account is still there. */
export function actorWords({
  actorKind,
  actorId,
  actorName,
}: Pick<AuditLine, 'actorKind' | 'actorId' | 'actorName'>): string {
  switch (actorKind) {
    case 'practitioner':
      return actorName ?? `Account ${actorId}`;
    case 'patient':
      return 'The patient';
    case 'command line':
      return actorId === null ? 'Command line' : `Command line, for ${actorName ?? `account ${actorId}`}`;
    case 'nobody':
      return 'Nobody signed in';
    case 'service':
      return 'The service itself';
  }
}

/** `Read observations` */
export function actionWords({ action }: Pick<AuditLine, 'action'>): string {
  return action.charAt(0).toUpperCase() + action.slice(1);
}

/** How it ended. A change is told twice: that it was asked for, and its end. */
export const outcomeWords: Readonly<Record<AuditLine['outcome'], StateWords>> = {
  asked: { tone: 'idle', icon: 'clock', word: 'Asked for' },
  allowed: { tone: 'ok', icon: 'check-circle-fill', word: 'Done' },
  refused: { tone: 'warn', icon: 'slash-circle', word: 'Refused' },
  failed: { tone: 'bad', icon: 'exclamation-octagon-fill', word: 'Failed' },
};
