/** What a run remembers of where our own pages are, so that its children tell it, too. */
export interface SiteMemo {
  readonly site: string;
}

/** The links that lead from Temporal's page of a run back to our own; a patient by number only. */
export function wayBack({ site }: SiteMemo, patientId?: number): string {
  const health = `[Sync health](${site}/admin/health)`;
  return patientId === undefined
    ? health
    : `[Patient ${patientId}](${site}/admin/patients/${patientId}) · ${health}`;
}

export function siteMemo(siteUrl: string): SiteMemo {
  return { site: siteUrl.replace(/\/+$/, '') };
}

/** What a child is told of our pages: nothing where an earlier version began the parent. */
export function toldTo(
  memo: Readonly<Record<string, unknown>> | undefined,
  patientId?: number,
): { memo?: { site: string }; staticDetails?: string } {
  const site = memo?.['site'];
  if (typeof site !== 'string') return {};
  return { memo: { site }, staticDetails: wayBack({ site }, patientId) };
}
