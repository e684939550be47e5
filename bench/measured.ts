import { convertSamples } from '../src/activities/page.js';
import { findPatient } from '../src/db/patients.js';
import { isRejected } from '../src/omh/convert.js';
import type { Measurement } from '../src/omh/measurement.js';
import { dataTypesOfSeries } from '../src/omh/registry.js';
import type { Span } from './histories.js';
import { RHYTHM, type Wearer } from './patients.js';
import type { BenchWorld } from './world.js';

export type Pages = readonly (readonly Measurement[])[];

/** What the pages of a span are converted to. */
export async function measuredBy(
  { app }: BenchWorld,
  { id, owUserId }: Wearer,
  { from, to }: Span,
): Promise<Pages> {
  const ow = await app.openWearables();
  const patient = await findPatient(app.sql, id);
  if (patient === undefined) throw new Error('a patient of the bench is missing');
  const series = Object.keys(RHYTHM);
  const dataTypes = series.flatMap((name) => dataTypesOfSeries(name).slice(0, 1));
  const pages: Measurement[][] = [];
  for (let cursor: string | null = null; ;) {
    const { data, pagination } = await ow.samples({
      ...{ owUserId, series, from, to, cursor, signal: AbortSignal.timeout(60_000) },
    });
    const { attempts } = convertSamples(data, patient, dataTypes);
    pages.push(attempts.flatMap(({ outcome }) => (isRejected(outcome) ? [] : [outcome])));
    cursor = pagination.has_more ? (pagination.next_cursor ?? null) : null;
    if (cursor === null) return pages;
  }
}
