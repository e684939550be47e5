import { defineQuery } from '@temporalio/workflow';
import type { AccountEnd, AskedAs } from '../erasure.js';

/** What the rest of the program may know of the erasure of a patient: numbers, counts and codes. */

export interface ErasureInput {
  readonly erasureId: number;
  readonly patientId: number;
  readonly askedAs: AskedAs;
}
export type ErasureStage = 'withdrawing' | 'stopping' | 'removing' | 'checking' | 'ended';
export interface ErasureProgress {
  readonly stage: ErasureStage;
  /** Agreements that were stopped, and runs of the patient that were ended. */
  readonly consents: number;
  readonly runs: number;
  /** Rows removed by this run. */
  readonly rows: number;
  /** Null: Open Wearables has not answered yet. */
  readonly openWearables: AccountEnd | null;
}
export type ErasureResult = ErasureProgress & { readonly stage: 'ended' };
export interface RemovedRows {
  readonly rows: number;
  readonly isDone: boolean;
}
export const erasureProgressQuery = defineQuery<ErasureProgress>('progress');
