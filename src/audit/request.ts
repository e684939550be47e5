import type { AuditActor, AuditEvent, AuditOutcome, AuditSubjects } from '../db/audit-events.js';
import type { Decision } from './decisions.js';
import { joined } from './subjects.js';
import type { AuditTrail } from './trail.js';

/** What is known of a request before anybody looks at who asks. */
export interface Asked {
  readonly decision: Decision;
  /** `METHOD /pattern`. */
  readonly route: string;
  /** Whom the address names; where it names no patient and no account, the handler says whom its answer is about. */
  readonly subjects: AuditSubjects | undefined;
  readonly requestId: string;
  readonly address: string;
}

const NOBODY: AuditActor = { kind: 'nobody' };
/** What a refusal is that somebody should see who looks for attempts: not a typing mistake, nor an empty search. */
const REFUSALS: readonly number[] = [401, 403, 404, 409, 410];

/** A request as it goes into the audit trail. */
export class AuditedRequest {
  #actor: AuditActor = NOBODY;
  #told: AuditSubjects[] = [];
  #isTold: boolean;
  /** The event that told of a change before it happened. */
  #begun: number | null = null;

  constructor(
    private readonly trail: AuditTrail,
    private readonly asked: Asked,
  ) {
    const { patients, invitations, account } = asked.subjects ?? {};
    this.#isTold = (patients ?? invitations ?? account) !== undefined;
    if (asked.subjects !== undefined) this.#told.push(asked.subjects);
  }

  /** Who asks; a patient is always told about the own data. */
  isBy(actor: AuditActor, ownPatient: number | null = null): void {
    this.#actor = actor;
    if (ownPatient !== null) this.concerns({ patients: [ownPatient] });
  }

  /** Whom the answer tells about, or the change is about: nobody is an answer, too. */
  concerns(subjects: AuditSubjects): void {
    this.#told.push(subjects);
    this.#isTold = true;
  }

  /** Records a change or an entry before it happens; nothing for what only reads, and nothing twice. */
  async begins(): Promise<void> {
    const { kind } = this.asked.decision;
    if (kind === 'none' || kind === 'read' || this.#begun !== null) return;
    this.#begun = await this.#record('asked');
  }

  /** Records how it ended; when this fails, nothing of the answer may leave. */
  async ends(status: number): Promise<void> {
    const { kind } = this.asked.decision;
    const outcome = kind === 'none' ? undefined : this.#outcomeOf(kind, status);
    if (outcome === undefined) return;
    if (kind === 'read' && outcome === 'allowed' && !this.#isTold)
      throw new Error(`${this.asked.route} does not say whom its answer is about`);
    await this.#record(outcome);
  }

  #outcomeOf(kind: 'read' | 'change' | 'entry', status: number): AuditOutcome | undefined {
    const isKnown = this.#actor.kind !== 'nobody';
    if (this.#begun !== null) return status < 400 ? 'allowed' : status < 500 ? 'refused' : 'failed';
    if (status < 300) return kind === 'change' ? undefined : 'allowed';
    // A redirect tells nothing; of an entry it is the way in.
    if (status < 400) return kind === 'entry' ? 'allowed' : undefined;
    return (kind === 'entry' || isKnown) &&
      (REFUSALS.includes(status) || (kind === 'entry' && status === 400))
      ? 'refused'
      : undefined;
  }

  async #record(outcome: AuditOutcome): Promise<number> {
    const { decision, route, requestId, address } = this.asked;
    const event: AuditEvent = {
      ...{
        actor: this.#actor,
        action: 'action' in decision ? decision.action : '',
        why: route,
        outcome,
        requestId,
      },
      // What a patient looks at in the own data needs no address of theirs.
      address: this.#actor.kind === 'patient' ? null : address,
      ...joined(this.#told),
      after: this.#begun,
    };
    return this.trail.record(event);
  }
}
