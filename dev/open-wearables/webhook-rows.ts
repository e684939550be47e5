import eventTypes from './data/event-types.json' with { type: 'json' };
import { isoOffset } from './instant.js';
import type { Sample } from './sample.js';
import type { World } from './world.js';

const CHUNK = 2500;
const GROUPS = new Map(
  eventTypes.flatMap(({ name, child_events }) => (child_events ?? []).map((child) => [child, name] as const)),
);

/** Tells of rows that were stored together: by type, in chunks, each under its own name and that of its group. */
export function tellRows(world: World, userId: string, rows: readonly Sample[]): void {
  if (world.tell === null) return;
  for (const type of new Set(rows.map((row) => row.type))) {
    const sorted = rows.filter((row) => row.type === type).sort((a, b) => a.at - b.at);
    const chunks = Math.ceil(sorted.length / CHUNK);
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const data = {
        ...batch(userId, type, sorted.slice(chunk * CHUNK, (chunk + 1) * CHUNK)),
        sample_count: sorted.length,
        ...(chunks > 1 ? { chunk_index: chunk, total_chunks: chunks } : {}),
      };
      const name = `series.${type}.created`;
      world.tell(GROUPS.get(name) ?? name, data);
      if (GROUPS.has(name)) world.tell(name, data);
    }
  }
}

function batch(userId: string, type: string, rows: readonly Sample[]) {
  const samples = rows.map(({ at, zoneOffset, value, unit, source, isDailyTotal }) => ({
    ...{ timestamp: isoOffset(at), zone_offset: zoneOffset, type, value, unit },
    ...{ source: { provider: source.provider, device: source.device }, is_daily_total: isDailyTotal },
  }));
  return {
    ...{ user_id: userId, provider: rows[0]?.source.provider ?? 'oura', series_type: type },
    ...{ start_time: samples[0]?.timestamp, end_time: samples.at(-1)?.timestamp, samples },
  };
}
