const metaOf = ({ updatedUtc }: Changed) => ({
  lastUpdated: updatedUtc,
  source: 'https://jupyterhealth.org/jhe',
});
const MODEL = 'https://jupyterhealth.org/fhir/CodeSystem/model';

interface Changed {
  /** When it was last changed, as UTC text. */
  readonly updatedUtc: string;
}

export interface PatientSource extends Changed {
  readonly id: number;
  readonly nameFamily: string;
  readonly nameGiven: string;
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly email: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
}

export function renderPatient(patient: PatientSource) {
  const { id, identifiers, nameFamily, nameGiven, birthDate, phone, email } = patient;
  const name = {
    ...(nameFamily === '' ? {} : { family: nameFamily }),
    ...(nameGiven === '' ? {} : { given: [nameGiven] }),
  };
  return {
    resourceType: 'Patient' as const,
    id: String(id),
    meta: metaOf(patient),
    ...(identifiers.length === 0 ? {} : { identifier: identifiers }),
    ...(Object.keys(name).length === 0 ? {} : { name: [name] }),
    ...(birthDate === null ? {} : { birthDate }),
    telecom: [
      ...(phone === null ? [] : [{ system: 'phone', value: phone, use: 'mobile' }]),
      { system: 'email', value: email, use: 'home' },
    ],
  };
}

export interface Named extends Changed {
  readonly id: number;
  readonly name: string;
}

/** A study. The exchange's `type` is no code of R5, so it stands where R5 has a concept. */
export function renderGroup(study: Named) {
  const { id, name } = study;
  return {
    resourceType: 'Group' as const,
    id: String(id),
    meta: metaOf(study),
    type: 'person' as const,
    membership: 'enumerated' as const,
    code: { coding: [{ system: MODEL, code: 'study' }] },
    name,
  };
}

/** A data source. Names and types are lists in R5. */
export function renderDevice(source: Named) {
  const { id, name } = source;
  return {
    resourceType: 'Device' as const,
    id: String(id),
    meta: metaOf(source),
    name: [{ value: name, type: 'user-friendly-name' }],
    type: [{ coding: [{ system: MODEL, code: 'data-source' }] }],
  };
}
