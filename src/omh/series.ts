import type { Converter, Fields, Reading } from './data-type.js';
import { requiredNumber } from './fields.js';
import type { Details, Origin } from './measurement.js';
import { datasheetOf, originOf } from './origin.js';
import { reject } from './rejection.js';
import { instant, utcText } from './time-frame.js';

/** The fixed properties that each series of a data type adds to its body; the first one is the default. */
export type SeriesDetails = Readonly<Record<string, Details | null>>;

/**
 * Reads a sample of `GET /timeseries`: `{timestamp, type, value, source, ...}`. `type` must be one of the series
 * when it is there; `unit` and `zone_offset` are never read.
 */
export function fromSeries(detailsBySeries: SeriesDetails): Converter {
  const accepted = new Map(Object.entries(detailsBySeries));
  const [fallback = ''] = accepted.keys();
  return (sample) => {
    const series = seriesOf(sample, fallback);
    const details = accepted.get(series);
    if (details === undefined) return reject('unknown-series', 'type');
    return seriesReading(sample, series, details);
  };
}

function seriesOf(sample: Fields, fallback: string): string {
  const type = sample['type'] ?? fallback;
  return typeof type === 'string' ? type : reject('unknown-series', 'type');
}

function seriesReading(sample: Fields, series: string, details: Details | null): Reading {
  const value = requiredNumber(sample, 'value');
  const frame = instant(sample['timestamp'], 'timestamp');
  const origin = originOf(sample, 'ow_normalized', series);
  const datasheet = datasheetOf(sample, 'ow_normalized');
  return { frame, value, details, origin, datasheet, key: seriesKey(origin, frame.start) };
}

/** The record key of a time series sample. */
export function seriesKey(origin: Origin, at: string): readonly string[] {
  return [origin.provider, origin.source ?? '', origin.device ?? '', origin.series, utcText(at)];
}
