import type { AttentionReason, PatientInNeed } from '../../../../db/attention.js';
import { attentionTexts } from '../../../../health/attention-texts.js';
import { Chip } from '../../../components/chip.js';
import { Icon, type IconName } from '../../../components/icon.js';
import { Time } from '../../../components/time.js';
import type { Tone } from '../../../components/tone.js';
import { adminPaths } from '../../paths.js';
import { capital } from './checks.js';
import { dayAndTime } from './times.js';

interface AttentionProps {
  readonly patients: readonly PatientInNeed[];
  readonly zone: string;
  /** Where the next page is. */
  readonly next: string | null;
  /** Operators may look at dead letters. */
  readonly isOperator: boolean;
}

const looks: Readonly<Record<AttentionReason, { readonly tone: Tone; readonly icon: IconName }>> = {
  lost: { tone: 'warn', icon: 'arrow-repeat' },
  rejected: { tone: 'bad', icon: 'exclamation-octagon-fill' },
  'not read': { tone: 'busy', icon: 'cloud-slash' },
  silent: { tone: 'warn', icon: 'clock-history' },
};

/** Patients that somebody should look at: the reason, since when, and the next step. */
export function AttentionTable({ patients, zone, next, isOperator }: AttentionProps) {
  if (patients.length === 0)
    return (
      <div class="card-body">
        <Chip tone="ok" icon="check-circle-fill">
          Nobody needs attention
        </Chip>
      </div>
    );
  return (
    <>
      <div class="wx-scroll" role="region" aria-label="Table: patients that need attention" tabindex={0}>
        <table class="wx-table is-cards" role="table">
          <thead role="rowgroup">
            <tr role="row">
              {['Patient', 'Reason', 'Since', 'Next step'].map((name) => (
                <th role="columnheader" scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {patients.map((patient) => (
              <Row patient={patient} zone={zone} isOperator={isOperator} />
            ))}
          </tbody>
        </table>
      </div>
      {next === null ? null : (
        <div class="wx-pager">
          <span class="wx-actions wx-push">
            <a
              class="btn btn-outline-secondary btn-sm"
              href={`${adminPaths.attention}?after=${encodeURIComponent(next)}`}
            >
              Next
              <Icon name="chevron-right" />
            </a>
          </span>
        </div>
      )}
    </>
  );
}

interface RowProps {
  readonly patient: PatientInNeed;
  readonly zone: string;
  readonly isOperator: boolean;
}

function Row({ patient, zone, isOperator }: RowProps) {
  const { says, means, next } = attentionTexts(patient);
  const { tone, icon } = looks[patient.reason];
  const letters = `${adminPaths.deadLetters}?patient=${patient.patientId}`;
  return (
    <tr role="row">
      <th role="rowheader" scope="row" class="wx-nowrap wx-num">
        <a href={`${adminPaths.patients}/${patient.patientId}`}>{patient.patientId}</a>
      </th>
      <td role="cell">
        <Chip tone={tone} icon={icon}>
          {capital(says)}
        </Chip>
        <small class="pt-1">{means}</small>
      </td>
      <td role="cell" class="wx-nowrap" data-label="Since">
        <Time at={patient.since} zone={zone} as={dayAndTime} />
      </td>
      <td role="cell">
        {patient.reason === 'rejected' && isOperator ? (
          <a class="btn btn-outline-secondary btn-sm" href={letters}>
            Dead letters<span class="visually-hidden"> of {patient.patientId}</span>
          </a>
        ) : (
          capital(next)
        )}
      </td>
    </tr>
  );
}
