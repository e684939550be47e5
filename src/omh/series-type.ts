import { coded } from './code.js';
import type { DataType } from './data-type.js';
import { fromSeries } from './series.js';

interface SeriesType {
  readonly name: DataType['name'];
  readonly schemaId: string;
  readonly display: string;
  readonly property: string;
  readonly unit: string;
  readonly series: readonly string[];
  readonly standing: DataType['standing'];
  readonly fhir: DataType['fhir'];
}

/** A data type that is one number at one instant, read from time series of Open Wearables only. */
export function seriesType({
  name,
  schemaId,
  display,
  property,
  unit,
  series,
  standing,
  fhir,
}: SeriesType): DataType {
  return {
    name,
    ...coded(schemaId, display),
    quantity: { property, unit },
    beforeFrame: [],
    standing,
    fhir,
    feeds: [{ source: 'ow_normalized', kind: 'sample', series }],
    converters: { ow_normalized: fromSeries(Object.fromEntries(series.map((each) => [each, null]))) },
  };
}
