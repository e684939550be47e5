import { setTimeout as pause } from 'node:timers/promises';
import type { Erasure } from '../db/erasures.js';
import { rowsRemoved } from '../erasure.js';
import { NamedError } from '../errors.js';
import type { ErasureProgress } from '../workflows/erasure-contract.js';
import type { Output } from './output.js';
import { onOneLine, type Screen } from './progress-bar.js';

interface Sources {
  readonly record: () => Promise<Erasure | undefined>;
  readonly progress: () => Promise<ErasureProgress | undefined>;
}

const LOOK_EVERY_MS = 300;

/** Shows the progress until the erasure has ended; a terminal sees a line that is written again and again. */
export async function followErasure(
  output: Output,
  patientId: number,
  { record, progress }: Sources,
  screen: Screen = process.stdout,
): Promise<Erasure> {
  const isLive = !output.json && screen.isTTY === true;
  const show = isLive ? onOneLine(screen) : () => undefined;
  for (;;) {
    const erasure = await record();
    if (erasure === undefined) throw new NamedError('ErasureUnknown', `patient ${patientId} is not erased`);
    show(lineOf(erasure, await progress()));
    if (erasure.endedAt !== null) {
      if (isLive) screen.write('\n');
      return erasure;
    }
    await pause(LOOK_EVERY_MS);
  }
}

function lineOf({ counts, endedAt }: Erasure, progress: ErasureProgress | undefined): string {
  const stage = endedAt === null ? (progress?.stage ?? 'waiting') : 'ended';
  const there = progress?.openWearables ?? 'not yet';
  return `${stage}: ${rowsRemoved(counts)} rows removed, Open Wearables: ${there}`;
}
