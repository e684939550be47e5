import { Breadcrumb } from '../../components/breadcrumb.js';
import { CopyField } from '../../components/copy-field.js';
import { QrCode } from '../../components/qr-code.js';
import { Time } from '../../components/time.js';
import { weekdayDate } from '../../components/times.js';
import { adminPaths } from '../paths.js';
import { type StaffFrame, StaffLayout } from './staff-layout.js';

export interface IssuedInvitationProps {
  readonly frame: StaffFrame;
  readonly patient: { readonly id: number; readonly name: string };
  /** The whole link, secret included: shown once and kept nowhere. */
  readonly link: string;
  readonly expiresAt: Date;
}

/** The link of a fresh invitation, to be handed to its patient: to scan, or to copy. */
export function IssuedInvitationPage({ frame, patient, link, expiresAt }: IssuedInvitationProps) {
  return (
    <StaffLayout frame={frame} title="Invitation issued" here="invitations">
      <Breadcrumb
        trail={[
          { href: adminPaths.patients, text: 'Patients' },
          { href: `${adminPaths.patients}/${patient.id}`, text: String(patient.id) },
        ]}
        here="Invitation issued"
      />
      <h1>Invitation for {patient.name}</h1>
      <section class="card" aria-label="The link">
        <div class="card-body wx-invite">
          <QrCode text={link} label="QR code of the invitation link" />
          <div class="wx-stack">
            <p>
              Let the patient scan the code, or send the link. It works once, until{' '}
              <Time at={expiresAt} zone={frame.zone} as={weekdayDate} />.
            </p>
            <CopyField
              id="issued-link"
              label={`Link for ${patient.name}`}
              value={link}
              what="the link"
              help={`Shown this once: copy it now. Invitations that ${patient.name} had before do not work any more.`}
            />
            <div class="wx-actions">
              <a class="btn btn-outline-secondary" href={`${adminPaths.patients}/${patient.id}`}>
                Done
              </a>
            </div>
          </div>
        </div>
      </section>
    </StaffLayout>
  );
}
