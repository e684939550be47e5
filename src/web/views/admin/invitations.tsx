import type { InvitationLine } from '../../../db/staff-invitations.js';
import { Chip } from '../../components/chip.js';
import { Empty } from '../../components/empty.js';
import { Filters, type LinkChoice } from '../../components/link-choices.js';
import { Pager } from '../../components/pager.js';
import { Cell, Row, RowHead, Table } from '../../components/table.js';
import { Time } from '../../components/time.js';
import { shortDate } from '../../components/times.js';
import { adminPaths } from '../paths.js';
import { invitationReason, invitationWords, stepsOfInvitation } from './invitation-words.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';

export interface InvitationsProps {
  readonly frame: StaffFrame;
  readonly invitations: readonly InvitationLine[];
  readonly filters: readonly LinkChoice[];
  readonly next?: string | undefined;
  readonly first?: string | undefined;
}

/** Invitations of the practitioner's patients, the newest first: how far each has come. */
export function InvitationsPage({ frame, invitations, filters, next, first }: InvitationsProps) {
  return (
    <StaffLayout frame={frame} title="Invitations" here="invitations">
      <div class="wx-head">
        <div>
          <h1>Invitations</h1>
          <p class="wx-2">To invite somebody, open the patient.</p>
        </div>
      </div>
      <Filters label="State" choices={filters} />
      <section class="card overflow-hidden" aria-label="Invitations">
        {invitations.length === 0 ? (
          <Empty
            icon="envelope"
            title="No invitations here"
            text="Open a patient and invite them to their studies."
          >
            <a class="btn btn-outline-secondary" href={adminPaths.patients}>
              See the patients
            </a>
          </Empty>
        ) : (
          <>
            <InvitationTable frame={frame} invitations={invitations} />
            <Pager text={`${invitations.length} shown, the newest first`} first={first} next={next} />
          </>
        )}
      </section>
    </StaffLayout>
  );
}

/** The lines of some invitations. */
export function InvitationTable({ frame, invitations }: Pick<InvitationsProps, 'frame' | 'invitations'>) {
  return (
    <Table
      label="Invitations"
      columns={['Patient', 'Way in', 'Where it stands', 'Ends', { name: 'Log', is: 'hidden' }]}
    >
      {invitations.map((invitation) => (
        <InvitationRow invitation={invitation} frame={frame} />
      ))}
    </Table>
  );
}

function InvitationRow({
  invitation,
  frame,
}: {
  readonly invitation: InvitationLine;
  readonly frame: StaffFrame;
}) {
  const { tone, icon, word } = invitationWords(invitation);
  return (
    <Row>
      <RowHead>
        <a href={`${adminPaths.patients}/${invitation.patientId}`}>{invitation.patientName}</a>
      </RowHead>
      <Cell>
        <Way invitation={invitation} />
      </Cell>
      <Cell>
        <Chip tone={tone} icon={icon}>
          {word}
        </Chip>
        <small class="pt-1">{invitationReason(invitation, frame.zone)}</small>
      </Cell>
      <Cell label="Ends" class="wx-nowrap">
        {invitation.status === 'issued' ? (
          <Time at={invitation.expiresAt} zone={frame.zone} as={shortDate} />
        ) : invitation.status === 'redeemed' ? (
          'used'
        ) : (
          'ended'
        )}
      </Cell>
      <Cell>
        <a class="wx-nowrap" href={`${adminPaths.invitations}/${invitation.id}`}>
          See log
          <span class="visually-hidden">
            {' '}
            of {invitation.patientName}, invitation {invitation.id}
          </span>
        </a>
      </Cell>
    </Row>
  );
}

/** How far the patient has come: sent, opened, agreed, connected, data. */
function Way({ invitation }: { readonly invitation: InvitationLine }) {
  const { done, isStuck, label } = stepsOfInvitation(invitation);
  return (
    <span class="wx-walk" role="img" aria-label={label}>
      {[0, 1, 2, 3, 4].map((step) => (
        <i class={step < done ? 'is-done' : step === done && isStuck ? 'is-stuck' : ''}></i>
      ))}
    </span>
  );
}
