import type { Sql } from './sql.js';

/** An earlier state of an observation. */
export interface Revision {
  readonly revision: number;
  readonly status: string;
  readonly value: number | null;
  readonly details: Readonly<Record<string, unknown>> | null;
  readonly replacedAt: Date;
}

/** Where an observation came from, how, and what it was before. */
export interface Provenance {
  readonly provider: string;
  readonly source: string | null;
  readonly device: string | null;
  readonly series: string;
  readonly recordedAt: Date;
  readonly updatedAt: Date;
  readonly missingSince: Date | null;
  readonly rawKey: string | null;
  readonly rawEndpoint: string | null;
  readonly rawFetchedAt: Date | null;
  readonly rawProcessedAt: Date | null;
}

/** Of observations that a reader was shown already: see `readObservations`. */
export async function provenanceOf(
  sql: Sql,
  observationIds: readonly number[],
): Promise<ReadonlyMap<number, Provenance & { readonly revisions: number; readonly before: number | null }>> {
  const rows = await sql<(Provenance & { id: number; revisions: number; before: number | null })[]>`
    select o.id, o.provider, o.source, o.device, o.series, o.recorded_at as "recordedAt", o.updated_at as "updatedAt",
           o.missing_since as "missingSince", r.key as "rawKey", r.endpoint as "rawEndpoint",
           r.fetched_at as "rawFetchedAt", r.processed_at as "rawProcessedAt", coalesce(v.revision, 0) as revisions,
           v.value as before
    from observations o
    left join raw_objects r on r.id = o.raw_object_id
    left join lateral (
      select revision, value from observation_revisions where observation_id = o.id order by revision desc limit 1) v on true
    where o.id = any(${observationIds as number[]}::bigint[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** What an observation was before, the newest first. */
export async function revisionsOf(sql: Sql, observationId: number): Promise<Revision[]> {
  return sql<Revision[]>`
    select revision, status, value, details, replaced_at as "replacedAt"
    from observation_revisions where observation_id = ${observationId} order by revision desc`;
}
