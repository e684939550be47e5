import { dataTypeOfCode, seriesOf } from '../omh/registry.js';

/** The time series of Open Wearables that these codes are made of; nothing else is asked for, location least of all. */
export function seriesOfCodes(codes: readonly string[]): string[] {
  const series = codes.flatMap((code) => {
    const type = dataTypeOfCode(code);
    return type === undefined ? [] : seriesOf(type);
  });
  return [...new Set(series)].sort();
}
