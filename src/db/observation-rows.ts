import { dataTypeNamed, dataTypeOfCode } from '../omh/registry.js';
import type { Measurement } from '../omh/measurement.js';
import { instantToUtc } from '../omh/time-frame.js';

/** A measurement as the columns of `observations` hold it; times in UTC, offsets in minutes. */
export function toRow(measurement: Measurement) {
  const start = instantToUtc(measurement.start);
  const end = measurement.end === null ? null : instantToUtc(measurement.end);
  const { system, code } = codingOf(measurement);
  return {
    identifier: measurement.identifier,
    ...{ system, code, comes_with_code: dataTypeOfCode(code)?.name === measurement.dataType },
    effective_start: start.utc,
    effective_end: end?.utc ?? null,
    start_offset: start.offsetMinutes,
    end_offset: end?.offsetMinutes ?? null,
    value: measurement.value,
    details: measurement.details,
    data_type: measurement.dataType,
    provider: measurement.origin.provider,
    source: measurement.origin.source,
    device: measurement.origin.device,
    series: measurement.origin.series,
    datasheet: measurement.datasheet,
  };
}

function codingOf({ dataType }: Measurement) {
  return dataTypeNamed(dataType).coding;
}
