import type { Readable } from '../consent.js';
import type { DataType } from '../omh/data-type.js';
import { dataTypeNamed, dataTypeOfCode, endpointsOf, isDataTypeName, seriesOf } from '../omh/registry.js';
import type { RecordsEndpoint } from '../open-wearables/client.js';

/** What to ask Open Wearables for, and what to make of it. */
export interface Wanted {
  readonly dataTypes: readonly DataType[];
  readonly series: readonly string[];
  readonly endpoints: readonly RecordsEndpoint[];
}

const ENDPOINTS: readonly RecordsEndpoint[] = [
  'events/sleep',
  'events/workouts',
  'summaries/activity',
  'summaries/sleep',
];

/** The names of the data types that are agreed: those that come with the codes, and those asked for by name. */
export function agreedDataTypes({
  codes,
  extraDataTypes,
}: Pick<Readable, 'codes' | 'extraDataTypes'>): string[] {
  const names = codes.flatMap((code) => dataTypeOfCode(code)?.name ?? []);
  return [...new Set([...names, ...extraDataTypes])].sort();
}

/** Only what these data types are made of is ever asked for: nothing else, location least of all. */
export function wantedFor(names: readonly string[]): Wanted {
  const dataTypes = names.filter(isDataTypeName).map(dataTypeNamed);
  const endpoints = new Set(dataTypes.flatMap(endpointsOf));
  return {
    dataTypes,
    series: [...new Set(dataTypes.flatMap(seriesOf))].sort(),
    endpoints: ENDPOINTS.filter((endpoint) => endpoints.has(endpoint)),
  };
}

/** Everything of Open Wearables that a data type is made of. */
export function feedsOf(type: DataType): readonly string[] {
  return [...seriesOf(type), ...endpointsOf(type)];
}
