import type { Sql } from '../../src/db/sql.js';
import { OURA } from '../helpers/connected-patient.js';
import { DAY_MS } from '../helpers/connected-patient.js';
import { hoursAgo } from '../helpers/samples.js';

/** Studies of two organizations that ask for the same. */
export const LAB = 20003;
export const PULSE = 20007;
export const HEART_RATE = 50004;
export const OXYGEN = 50005;
export const IHEALTH = 70003;
export const CONCEPTS = [HEART_RATE, OXYGEN] as const;
export const SOURCES = [OURA.dataSourceId, IHEALTH] as const;

/** What happens to one patient and one study, in this order. */
export type Happening =
  | {
      readonly kind: 'decides';
      readonly concept: number;
      readonly decision: 'agreed' | 'declined' | 'stopped';
    }
  | { readonly kind: 'enrols' | 'leaves' }
  | { readonly kind: 'joins' | 'quits'; readonly organization: number }
  | { readonly kind: 'asks' | 'asks no more'; readonly concept: number }
  | { readonly kind: 'uses' | 'uses no more'; readonly source: number }
  | {
      readonly kind: 'measures' | 'measures no more';
      readonly source: number;
      readonly concept: number;
    };
export interface Event {
  readonly patient: number;
  readonly study: number;
  readonly happening: Happening;
}

export interface Measured {
  readonly id: number;
  readonly patient: number;
  readonly concept: number;
  readonly source: number;
  readonly at: Date;
}

/** When the nth event happens: between two measurements. */
export const timeOf = (nth: number) => hoursAgo(11.75 - nth * 0.5);

/** What stands, told by a few sets: written apart from the SQL that decides it in the service. */
export class Standing {
  private readonly sets = new Set<string>();
  private readonly decisions = new Map<string, { readonly decision: string; readonly at: Date }[]>();

  constructor(private readonly organizationOf: ReadonlyMap<number, number>) {
    for (const source of SOURCES)
      for (const concept of CONCEPTS) this.sets.add(`measures ${source} ${concept}`);
    for (const study of organizationOf.keys()) {
      for (const concept of CONCEPTS) this.sets.add(`asks ${study} ${concept}`);
      this.sets.add(`uses ${study} ${SOURCES[0]}`);
    }
  }

  happen({ patient, study, happening }: Event, at: Date): void {
    if (happening.kind === 'decides') {
      const key = `${patient} ${study} ${happening.concept}`;
      this.decisions.set(key, [...(this.decisions.get(key) ?? []), { decision: happening.decision, at }]);
      return;
    }
    const key = keyOf(patient, study, happening);
    if (/^leaves$|^quits$| no more$/.test(happening.kind)) this.sets.delete(key);
    else this.sets.add(key);
  }

  /** Whether a practitioner of these organizations may see it; by one study, when one is named. */
  isGranted(measured: Measured, organizations: readonly number[], studies: readonly number[]): boolean {
    const { patient, concept, source, at } = measured;
    if (!organizations.some((each) => this.sets.has(`member ${patient} ${each}`))) return false;
    return studies.some(
      (study) =>
        organizations.includes(this.organizationOf.get(study) ?? 0) &&
        this.sets.has(`enrolled ${patient} ${study}`) &&
        this.sets.has(`asks ${study} ${concept}`) &&
        this.sets.has(`uses ${study} ${source}`) &&
        this.sets.has(`measures ${source} ${concept}`) &&
        this.isAgreed(`${patient} ${study} ${concept}`, at),
    );
  }

  private isAgreed(key: string, at: Date): boolean {
    const all = this.decisions.get(key) ?? [];
    if (all.at(-1)?.decision !== 'agreed') return false;
    return all.some(({ decision, at: from }, nth) => {
      if (decision !== 'agreed') return false;
      const isFirst = !all.slice(0, nth).some((each) => each.decision === 'agreed');
      const starts = from.getTime() - (isFirst ? 90 * DAY_MS : 0);
      return starts <= at.getTime() && at.getTime() < (all[nth + 1]?.at.getTime() ?? Infinity);
    });
  }
}

function keyOf(patient: number, study: number, happening: Exclude<Happening, { kind: 'decides' }>): string {
  if (happening.kind === 'measures' || happening.kind === 'measures no more')
    return `measures ${happening.source} ${happening.concept}`;
  if ('organization' in happening) return `member ${patient} ${happening.organization}`;
  if ('concept' in happening) return `asks ${study} ${happening.concept}`;
  if ('source' in happening) return `uses ${study} ${happening.source}`;
  return `enrolled ${patient} ${study}`;
}

/** The same in the database. */
export async function happen(sql: Sql, { patient, study, happening }: Event, at: Date): Promise<void> {
  switch (happening.kind) {
    case 'decides':
      await sql`
        insert into consent_events (patient_id, study_id, concept_id, decision, decided_at, recorded_by, channel, text_version)
        select ${patient}, ${study}, ${happening.concept}, ${happening.decision}, ${at}, user_id, 'test', 'test'
        from patients where id = ${patient}`;
      return;
    case 'enrols':
      await sql`insert into study_patients (study_id, patient_id) values (${study}, ${patient}) on conflict do nothing`;
      return;
    case 'leaves':
      await sql`delete from study_patients where study_id = ${study} and patient_id = ${patient}`;
      return;
    case 'joins':
      await sql`
        insert into organization_patients values (${happening.organization}, ${patient}) on conflict do nothing`;
      return;
    case 'quits':
      await sql`
        delete from organization_patients
        where patient_id = ${patient} and organization_id = ${happening.organization}`;
      return;
    case 'asks':
      await sql`
        insert into study_scopes (study_id, concept_id) values (${study}, ${happening.concept}) on conflict do nothing`;
      return;
    case 'asks no more':
      await sql`delete from study_scopes where study_id = ${study} and concept_id = ${happening.concept}`;
      return;
    case 'uses':
      await sql`
        insert into study_data_sources (study_id, data_source_id) values (${study}, ${happening.source})
        on conflict do nothing`;
      return;
    case 'uses no more':
      await sql`delete from study_data_sources where study_id = ${study} and data_source_id = ${happening.source}`;
      return;
    case 'measures':
      await sql`
        insert into data_source_scopes (data_source_id, concept_id) values (${happening.source}, ${happening.concept})
        on conflict do nothing`;
      return;
    case 'measures no more':
      await sql`
        delete from data_source_scopes
        where data_source_id = ${happening.source} and concept_id = ${happening.concept}`;
  }
}
