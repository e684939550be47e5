import { type AuditEvent, recordAuditEvents } from '../db/audit-events.js';
import type { Sql } from '../db/sql.js';

/** Where this process records what happens. */
export interface AuditTrail {
  /** Answers the event's id once it is committed; whoever gets a failure instead lets no data out. */
  record(event: AuditEvent): Promise<number>;
}

/** In one statement. */
const AT_ONCE = 200;

interface Waiting {
  readonly event: AuditEvent;
  readonly resolve: (id: number) => void;
  readonly reject: (thrown: unknown) => void;
}

/**
 * The chain takes one statement at a time, whoever writes. So a process has one under way, and what comes meanwhile goes
 * together into the next: the busier it is, the less an event costs.
 */
export function createAuditTrail(sql: Sql): AuditTrail {
  const waiting: Waiting[] = [];
  let isWriting = false;
  return {
    async record(event) {
      const recorded = new Promise<number>((resolve, reject) => waiting.push({ event, resolve, reject }));
      if (!isWriting) void writeAll();
      return recorded;
    },
  };

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) await write(waiting.splice(0, AT_ONCE));
    isWriting = false;
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const ids = await recordAuditEvents(
        sql,
        batch.map(({ event }) => event),
      );
      for (const [index, { resolve }] of batch.entries()) resolve(ids[index] ?? 0);
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown);
    }
  }
}
