import { TextField } from '../../../components/field.js';
import { adminPaths } from '../../paths.js';
import type { AuditAsked } from './audit-address.js';

/** Narrows the trail down. Asks with `patient`, `who`, `from` and `until`. */
export function AuditFilters({ asked: { patient, who, from, until } }: { readonly asked: AuditAsked }) {
  return (
    <section class="card" aria-label="Filters">
      <form method="get" action={adminPaths.audit} class="card-body wx-narrowing">
        <TextField id="patient" label="Patient, by number" type="number" value={patient?.toString()} />
        <TextField id="who" label="Account, by number" type="number" value={who?.toString()} />
        <TextField id="from" label="From day" type="date" value={from} />
        <TextField id="until" label="Until day" type="date" value={until} />
        <div class="wx-actions">
          <button class="btn btn-outline-secondary">Show</button>
          <a class="btn btn-link" href={adminPaths.audit}>
            Clear
          </a>
        </div>
      </form>
    </section>
  );
}
