import type { InvitationLine } from '../../../db/staff-invitations.js';
import { Breadcrumb } from '../../components/breadcrumb.js';
import { Chip } from '../../components/chip.js';
import { FormDone } from '../../components/form-result.js';
import { Log, type LogStep } from '../../components/log.js';
import { PostForm } from '../../components/post-form.js';
import { en } from '../../texts/en.js';
import { adminPaths } from '../paths.js';
import { InviteForm, type InvitingClient } from './invite-form.js';
import { invitationReason, invitationWords } from './invitation-words.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';

export interface InvitationProps {
  readonly frame: StaffFrame;
  readonly invitation: InvitationLine;
  readonly log: readonly LogStep[];
  /** Absent for viewers. */
  readonly invite?: readonly InvitingClient[] | undefined;
  /** Whether this installation sends mail. */
  readonly canMail?: boolean;
  readonly done?: string | undefined;
}

/** One invitation with the log of its onboarding. */
export function InvitationPage({ frame, invitation, log, invite, canMail = false, done }: InvitationProps) {
  const { tone, icon, word } = invitationWords(invitation);
  const { patientName, patientId, id, status } = invitation;
  return (
    <StaffLayout frame={frame} title={`Invitation of ${patientName}`} here="invitations">
      <Breadcrumb trail={[{ href: adminPaths.invitations, text: 'Invitations' }]} here={`Invitation ${id}`} />
      <div class="wx-head">
        <div>
          <h1>Invitation of {patientName}</h1>
          <p class="wx-2 wx-s">
            {invitationReason(invitation, frame.zone)} Through {invitation.clientName}.{' '}
            <a href={`${adminPaths.patients}/${patientId}`}>See the patient</a>
          </p>
          <div class="wx-row pt-1">
            <Chip tone={tone} icon={icon}>
              {word}
            </Chip>
          </div>
        </div>
      </div>
      {done === undefined ? null : <FormDone text={done} />}
      {log.length === 0 ? (
        <p class="wx-2">The log is not at hand: this onboarding ended long ago, or Temporal is away.</p>
      ) : (
        <Log steps={log} reader={{ texts: en, locale: 'en-GB', zone: frame.zone }} />
      )}
      {invite === undefined ? null : (
        <section class="card" aria-labelledby="next-h">
          <div class="card-header">
            <h2 id="next-h">Next</h2>
          </div>
          <div class="card-body wx-stack">
            <p class="wx-2">
              A link is shown only when it is issued. A fresh one takes the place of the old one.
            </p>
            <div class="wx-actions">
              <InviteForm
                patient={{ id: String(patientId), name: patientName }}
                clients={invite}
                canMail={canMail}
                csrf={frame.csrf}
              />
              {status === 'issued' ? (
                <PostForm action={`${adminPaths.invitations}/${id}/cancel`} csrf={frame.csrf}>
                  <button class="btn btn-outline-danger">Cancel the invitation</button>
                </PostForm>
              ) : null}
            </div>
          </div>
        </section>
      )}
    </StaffLayout>
  );
}
