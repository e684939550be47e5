import { isoZ } from './instant.js';
import type { Instant } from './instant.js';

/** Where a sample came from, as a time series row shows it. */
export interface Source {
  readonly provider: string;
  readonly source: string | null;
  readonly device: string | null;
  readonly device_type: string | null;
  readonly device_name: string | null;
}

/** One stored row. `id` is never shown except inside cursors; rows order by (`at`, `id`). */
export interface Sample {
  readonly id: string;
  readonly at: Instant;
  readonly type: string;
  readonly value: number;
  readonly unit: string;
  readonly zoneOffset: string | null;
  readonly isDailyTotal: boolean | null;
  readonly source: Source;
}

/** A row as `GET /users/{id}/timeseries` shows it. */
export interface ShownSample {
  readonly timestamp: string;
  readonly zone_offset: string | null;
  readonly type: string;
  readonly value: number;
  readonly unit: string;
  readonly source: Source;
  readonly is_daily_total: boolean | null;
}

export function shown(sample: Sample): ShownSample {
  return {
    timestamp: isoZ(sample.at),
    zone_offset: sample.zoneOffset,
    type: sample.type,
    value: sample.value,
    unit: sample.unit,
    source: sample.source,
    is_daily_total: sample.isDailyTotal,
  };
}

/** numeric(10,3), as the upstream column rounds. */
export function numeric(value: number): number {
  return Math.round(value * 1000) / 1000;
}
