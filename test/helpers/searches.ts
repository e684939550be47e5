import { z } from 'zod';
import { CLINIC } from './clinic.js';

/** The searches of observations that are measured, by name: addresses of first pages, of several patients each. */
export function searches(
  patientIds: readonly number[],
  count: number,
): Readonly<Record<string, readonly string[]>> {
  const some = patientIds.filter((id) => id % 10 < 9).filter((_, index) => index % 7 === 3);
  const since = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
  const one = (id: number) => `patient=${id}`;
  const perRelease = (base: string, code: string) => {
    const at = (query: string) => `${base}/Observation?_count=${count}&${query}`;
    return {
      'patient, code and date': some.map((id) => at(`${one(id)}&code=${code}&date=ge${since}`)),
      patient: some.map((id) => at(one(id))),
      'patient, last changed': some.map((id) => at(`${one(id)}&_sort=-_lastUpdated`)),
      study: [at(`patient._has:Group:member:_id=${CLINIC.studyId}`)],
      'study and code': [at(`patient._has:Group:member:_id=${CLINIC.studyId}&code=${code}`)],
      organization: [at(`patient.organization=${CLINIC.organizationId}`)],
    };
  };
  const releases = {
    R5: perRelease('/FHIR/R5', 'omh:heart-rate:2.0'),
    R4: perRelease('/FHIR/R4', 'http://loinc.org|8867-4'),
  };
  const list = (query: string) => `/api/v1/observations?pageSize=${count}&${query}`;
  return {
    ...Object.fromEntries(
      Object.entries(releases).flatMap(([release, named]) =>
        Object.entries(named).map(([name, addresses]) => [`${release} ${name}`, addresses]),
      ),
    ),
    'list patient': some.map((id) => list(`patientId=${id}`)),
    'list study': [list(`studyId=${CLINIC.studyId}`)],
    'list organization': [list(`organizationId=${CLINIC.organizationId}`)],
  };
}

const pageOfFhir = z.object({
  entry: z.array(z.unknown()),
  link: z.array(z.object({ relation: z.string(), url: z.string() })),
});
const pageOfList = z.object({ results: z.array(z.unknown()), next: z.string().nullable() });
const page = z.union([
  pageOfFhir.transform(({ entry, link }) => ({
    rows: entry.length,
    next: link.find(({ relation }) => relation === 'next')?.url,
  })),
  pageOfList.transform(({ results, next }) => ({ rows: results.length, next: next ?? undefined })),
]);

/** How many observations a page has, and where the next one is. */
export function pageRead(body: unknown) {
  return page.parse(body);
}
