import type { Shard } from '../workflows/contract.js';

/** Patients of a shard at most: as many as the history of one run holds with ease. */
export const SHARD_SIZE = 250;

/** Cuts patients, told in the order of their ids, into shards: ranges of ids that meet, each with at most so many due. */
export function shardCutter() {
  const shards: Shard[] = [];
  let open = { patients: 0, lastId: 0 };
  const close = () => {
    if (open.patients > 0) shards.push({ afterId: shards.at(-1)?.lastId ?? 0, ...open });
    open = { patients: 0, lastId: 0 };
  };
  return {
    add(patientId: number): void {
      open = { patients: open.patients + 1, lastId: patientId };
      if (open.patients === SHARD_SIZE) close();
    },
    end(): readonly Shard[] {
      close();
      return shards;
    },
  };
}
