import type { App } from './app.js';
import { askErasure, type Asking } from './db/erasures.js';
import { NamedError } from './errors.js';

/**
 * Remembers that a patient is to be erased, and begins; while Temporal is away the next poll begins it. Asked again, it
 * goes on with the same erasure. Answers its number. Throws NamedError `PatientUnknown`.
 */
export async function beginErasure(
  { sql, orchestration, events }: Pick<App, 'sql' | 'orchestration' | 'events'>,
  asking: Asking,
): Promise<number> {
  const { patientId, askedAs, askedBy } = asking;
  const erased = await askErasure(sql, asking);
  if (erased === undefined)
    throw new NamedError('PatientUnknown', `there is no patient ${patientId}, or not any more`);
  events.erasureAsked({ ...erased, askedAs, askedBy });
  try {
    await orchestration.erase({ ...erased, askedAs });
  } catch {
    events.erasureDelayed(erased);
  }
  return erased.erasureId;
}

/** Of what `beginErasure` throws: undefined for a patient who is gone by now. */
export function unlessGone(thrown: unknown): undefined {
  if (!(thrown instanceof NamedError) || thrown.name !== 'PatientUnknown') throw thrown;
}
