import type { AuditLine } from '../../../../db/audit-search.js';
import { Empty } from '../../../components/empty.js';
import { FormProblem } from '../../../components/form-result.js';
import { Pager } from '../../../components/pager.js';
import { adminPaths } from '../../paths.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { type AuditAsked, auditHref } from './audit-address.js';
import { AuditFilters } from './audit-filters.js';
import { AuditTable } from './audit-table.js';

export interface AuditProps {
  readonly frame: StaffFrame;
  readonly asked: AuditAsked;
  readonly events: readonly AuditLine[];
  /** Patients whose pages this reader can open. */
  readonly openable: ReadonlySet<number>;
  readonly next?: string | undefined;
  /** What was typed into a filter and is none; nothing is listed then. */
  readonly problem?: string | undefined;
}

/** Who read or changed whose data, the newest first: of the organizations that the reader manages, of all for an operator. */
export function AuditPage(props: AuditProps) {
  const { frame, asked, events, openable, next, problem } = props;
  const { patient, before } = asked;
  return (
    <StaffLayout frame={frame} title="Audit trail" here="audit">
      <div class="wx-head">
        <div>
          <h1>Audit trail</h1>
          <p class="wx-2">
            Who read or changed whose data, {scopeWords(frame, patient)}, the newest first. Times are{' '}
            {frame.zone}. Reading this page is recorded, too.
          </p>
        </div>
        {patient !== undefined && openable.has(patient) ? (
          <div class="wx-actions">
            <a class="btn btn-outline-secondary" href={`${adminPaths.patients}/${patient}`}>
              See patient {patient}
            </a>
          </div>
        ) : null}
      </div>
      {problem === undefined ? null : <FormProblem text={problem} />}
      <AuditFilters asked={asked} />
      <section class="card overflow-hidden" aria-label="Events">
        {events.length === 0 ? (
          <Nothing {...props} />
        ) : (
          <>
            <AuditTable {...{ events, asked, openable }} zone={frame.zone} />
            <Pager
              text={`${events.length} shown, the newest first`}
              first={before === undefined ? undefined : auditHref({ ...asked, before: undefined })}
              next={next}
            />
          </>
        )}
      </section>
    </StaffLayout>
  );
}

function scopeWords({ isOperator }: StaffFrame, patient: number | undefined): string {
  const where = isOperator ? 'in all organizations' : 'in the organizations that you manage';
  return patient === undefined ? where : `of patient ${patient}, ${where}`;
}

function Nothing({ asked, problem }: AuditProps) {
  const isNarrowed = Object.values(asked).some((value) => value !== undefined);
  if (!isNarrowed && problem === undefined)
    return (
      <Empty icon="shield-check" title="Nothing was recorded yet" text="Whoever reads is listed here." />
    );
  return (
    <Empty icon="search" title="Nothing is found" text="Nothing that was recorded fits these filters.">
      <a class="btn btn-outline-secondary" href={adminPaths.audit}>
        See everything
      </a>
    </Empty>
  );
}
